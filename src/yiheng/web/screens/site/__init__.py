"""The public site (公开网站): what was certified, for everybody, without signing in."""
