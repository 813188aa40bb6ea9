"""The proof: credentials and badges, points and devices, scans."""

from badges.models.checkin import Device, Point, Scan
from badges.models.credentials import BadgeFile, Credential
from badges.models.printing import PrintBatch, PrintRecord

__all__ = ["BadgeFile", "Credential", "Device", "Point", "PrintBatch", "PrintRecord", "Scan"]
