"""Triggers of casework: a decision's maker is the submission's (经办与审核分离), a withdrawal (撤下) is decided once.

`Decision` repeats the maker, so that a constraint can refuse the same person as checker; its trigger sees to it that
the repeated one is the right one. A withdrawal changes only from requested to decided, and never goes. A migration that
rebuilds one of the tables on SQLite calls `bind` or `settle` again.
"""

from __future__ import annotations

from typing import Final

from yiheng.people.triggers import Refusal, migrating

MESSAGE: Final = "审批意见的经办人与报送人不符"
SETTLED: Final = "已签发或退回的撤下不得修改，申请人、理由和版本也不得修改"
_DIFFERS: Final = "NEW.maker_id <> (SELECT maker_id FROM casework_submission WHERE id = NEW.submission_id)"
_CHANGES: Final = (
    "OLD.state <> 'requested' OR NEW.publication_id <> OLD.publication_id OR NEW.reason <> OLD.reason "
    "OR NEW.requested_by_id <> OLD.requested_by_id OR NEW.requested_at <> OLD.requested_at"
)

bind, unbind = migrating(
    Refusal("casework_decision_maker_is_the_submitter", "casework_decision", ("INSERT",), MESSAGE, _DIFFERS)
)
settle, unsettle = migrating(
    Refusal("casework_withdrawal_settled", "casework_withdrawal", ("UPDATE",), SETTLED, _CHANGES),
    Refusal("casework_withdrawal_no_delete", "casework_withdrawal", ("DELETE",), SETTLED),
)
