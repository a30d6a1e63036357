"""What somebody does next to a dossier, chosen by how it stands: nothing of its past is needed to go on.

`look` is what they see and who they are, `ways` what may come next and how often, `moments` when. The deeds
stand in the rooms of those who do them: `applicants`, `desk`, `steps`, `beside`.
"""

from motcua.config.simulation.course.look import Deed, Look
from motcua.config.simulation.course.moments import OVER, next_day, next_moment
from motcua.config.simulation.course.ways import every_deed, next_deed

__all__ = ["OVER", "Deed", "Look", "every_deed", "next_day", "next_deed", "next_moment"]
