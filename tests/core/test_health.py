"""/healthz: what a load balancer asks, under whatever host it uses."""

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

pytestmark = pytest.mark.django_db


def health():
    return Client().get("/healthz", headers={"host": "10.0.0.7:8000"})


def test_all_is_well():
    response = health()

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_a_migration_not_applied_is_named():
    MigrationRecorder.Migration.objects.filter(app="poles").delete()

    response = health()

    assert response.status_code == 503
    assert "manage.py migrate" in response.json()["migrations"]


def test_a_cache_that_forgets_is_named(monkeypatch):
    monkeypatch.setattr(LocMemCache, "get", lambda self, *args, **kwargs: None)

    response = health()

    assert response.status_code == 503 and "cache" in response.json()


def test_a_redis_that_went_away_stops_no_page(north, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 1},
        }
    }

    assert north.visitor.get("/").status_code == 200
    assert health().status_code == 503
