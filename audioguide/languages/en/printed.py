"""What is printed in English, beside what a protocol itself says."""

from __future__ import annotations

from audioguide.languages.printed import Printed

PRINTED = Printed()
