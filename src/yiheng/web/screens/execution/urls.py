"""Addresses of execution and procurement (执行与采购)."""

from django.urls import path

from . import payments, views

app_name = "execution"
urlpatterns = [
    path("", views.home, name="home"),
    path("export/<str:form>/", views.export, name="export"),
    path("detail/", views.detail, name="detail"),
    path("payments/", payments.listed, name="payments"),
    path("payments/export/<str:form>/", payments.export, name="export_payments"),
    path("payments/<str:key>/", payments.payment, name="payment"),
]
