"""How many database queries each page may ask, the Actor and the session counted. A ceiling is raised only with a reason in the commit."""

CEILINGS: dict[str, int] = {
    "base:manifest": 5,
    "base:file": 6,
    "plaza:timeline": 8,
    "plaza:connecting": 6,
    "plaza:account": 9,
    "plaza:avatar": 5,
    "plaza:picture": 5,
    "plaza:post": 11,
    "plaza:api_posts": 4,
    "plaza:api_post": 4,
    "plaza:api_notifications": 4,
    "plaza:api_readings": 4,
}
