"""The order of the rooms: which room may know which. This file is the law; `stoa/rooms.py` must follow it."""

ORDER = (
    "base", "people", "spaces", "moderation",
    "talk", "gather", "collaborate", "networks", "library", "publish", "listen",
    "bridge", "measure", "steer", "front",
)  # fmt: skip
FLOORS = {
    "base": 0, "people": 1, "spaces": 2, "moderation": 3, "talk": 4, "gather": 4, "collaborate": 4,
    "networks": 4, "library": 4, "publish": 4, "listen": 4, "bridge": 5, "measure": 6, "steer": 7, "front": 8,
}  # fmt: skip
WINGS = {
    "talk": ("community", 0), "gather": ("community", 1), "collaborate": ("community", 1),
    "networks": ("social", 0), "library": ("social", 1), "publish": ("social", 2), "listen": ("social", 3),
}  # fmt: skip
FOLDERS = {room: f"{WINGS[room][0]}/{room}" if room in WINGS else room for room in ORDER}


def may_know(room: str, other: str) -> bool:
    """Whether `room` may import, point to or include what is `other`'s. A room outside the list (a network's home) knows base."""
    if room == other:
        return True
    if room not in FLOORS or other not in FLOORS:
        return other == "base"
    if FLOORS[room] != FLOORS[other]:
        return FLOORS[room] > FLOORS[other]
    return WINGS[room][0] == WINGS[other][0] and WINGS[room][1] > WINGS[other][1]


def out_of_order(rooms: list[tuple[str, str]]) -> list[str]:
    """Breaches in a list of (label, folder): unknown rooms, wrong folders, a room before one that it stands on."""
    known = [(label, folder) for label, folder in rooms if "/home" not in folder]
    wrong = [f"rooms.py: {label} is not a room of the house" for label, _ in known if label not in FOLDERS]
    wrong += [
        f"rooms.py: {label} belongs in {FOLDERS[label]}"
        for label, folder in known
        if label in FOLDERS and FOLDERS[label] != folder
    ]
    places = [ORDER.index(label) for label, _ in known if label in FOLDERS]
    if places != sorted(places):
        wrong.append(f"rooms.py: the order must be {' < '.join(ORDER)}")
    return wrong
