"""The room's tables, one noun per file."""

from stoa.front.models.beginning import Beginning
from stoa.front.models.moving_in import ClaimLetter, Import, ImportTrouble, Moved, OldHome
from stoa.front.models.setting_up import SettingUp
from stoa.front.models.visit import DeskVisit
from stoa.front.models.work_mark import WorkMark

__all__ = [
    "Beginning", "ClaimLetter", "DeskVisit", "Import", "ImportTrouble", "Moved", "OldHome", "SettingUp", "WorkMark",
]  # fmt: skip
