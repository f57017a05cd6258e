"""The frame's own doors: the manifest, and the gallery of components."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from stoa.base.gallery import sample
from stoa.base.pages import render
from stoa.base.shell import kept_site


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """What makes the site installable as a web app."""
    icons = [
        {"src": static(f"base/img/app-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    answer = JsonResponse(
        {
            "name": kept_site().name,
            "short_name": kept_site().name[:12],
            "start_url": "/",
            "display": "standalone",
            "background_color": "#FBF9F4",
            "theme_color": "#FBF9F4",
            "icons": [*icons, {"src": static("base/img/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
        }
    )
    answer["Content-Type"] = "application/manifest+json"
    return answer


@require_safe
def design(request: HttpRequest, face: str) -> HttpResponse:
    """Every component in every state, on either face."""
    shell = "base/desk.html" if face == "desk" else "base/community.html"
    return render(request, "base/gallery.html", {**sample(), "shell": shell})
