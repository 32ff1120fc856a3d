"""The screens (页面), one package each."""
