"""Addresses of execution and procurement (执行与采购)."""

from django.urls import path

from . import adjustments, assets, imports, payments, purchases, views

app_name = "execution"
urlpatterns = [
    path("", views.home, name="home"),
    path("export/<str:form>/", views.export, name="export"),
    path("detail/", views.detail, name="detail"),
    path("payments/", payments.listed, name="payments"),
    path("payments/export/<str:form>/", payments.export, name="export_payments"),
    path("payments/<str:key>/", payments.payment, name="payment"),
    path("adjustments/", adjustments.listed, name="adjustments"),
    path("adjustments/new/", adjustments.new, name="new_adjustment"),
    path("adjustments/<int:number>/<str:outcome>/", adjustments.decide, name="decide"),
    path("purchases/", purchases.listed, name="purchases"),
    path("purchases/export/<str:form>/", purchases.export, name="export_purchases"),
    path("assets/", assets.listed, name="assets"),
    path("assets/cards/", assets.cards, name="cards"),
    path("assets/export/<str:form>/", assets.export, name="export_assets"),
    path("assets/<str:key>/", assets.asset, name="asset"),
    path("import/", imports.page, name="import"),
    path("import/template/", imports.template, name="template"),
]
