"""What an address may hold: `<key:…>` is a key that a database can; more digits are no page."""

from django.urls import register_converter
from django.urls.converters import IntConverter

from core.isolation.guard import PLAIN_NUMBER


class KeyConverter(IntConverter):
    regex = PLAIN_NUMBER.pattern


register_converter(KeyConverter, "key")
