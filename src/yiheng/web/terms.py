"""Words of the rooms below that screens show by themselves (下层用语): roles, kinds of work, rights, states.

The rooms keep them in Chinese, for so they stand in the log and in documents. They are named here so that the
catalogue holds them; templates show one with `{{ job.get_state_display|term }}` and several with `{{ duties|terms }}`.
"""

from __future__ import annotations

from typing import Final

from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_noop

from yiheng.people import passwords

TERMS: Final = (
    # Role, Work, Right
    gettext_noop("经办"),
    gettext_noop("单位负责人"),
    gettext_noop("规划财务处"),
    gettext_noop("局领导"),
    gettext_noop("财政部门"),
    gettext_noop("外部评价人"),
    gettext_noop("审计人员"),
    gettext_noop("系统管理员"),
    gettext_noop("安全管理员"),
    gettext_noop("审计管理员"),
    gettext_noop("部门预算"),
    gettext_noop("执行与采购"),
    gettext_noop("部门决算"),
    gettext_noop("绩效"),
    gettext_noop("公开"),
    gettext_noop("审校"),
    gettext_noop("系统管理"),
    gettext_noop("审计"),
    gettext_noop("查看"),
    gettext_noop("填报"),
    gettext_noop("审批"),
    gettext_noop("签发"),
    # what the three administrators look after
    gettext_noop("账号与会话"),
    gettext_noop("工作日历"),
    gettext_noop("后台任务"),
    gettext_noop("备份与恢复"),
    gettext_noop("岗位与授权"),
    gettext_noop("启用管理员账号"),
    gettext_noop("解除锁定"),
    gettext_noop("操作日志"),
    # states of jobs, steps, drafts, cases, decisions
    gettext_noop("排队"),
    gettext_noop("进行中"),
    gettext_noop("待确认"),
    gettext_noop("完成"),
    gettext_noop("未完成"),
    gettext_noop("已取消"),
    gettext_noop("未开始"),
    gettext_noop("办理中"),
    gettext_noop("审核中"),
    gettext_noop("已退回"),
    gettext_noop("已完成"),
    gettext_noop("待签发"),
    gettext_noop("已撤下"),
    gettext_noop("已签发"),
    gettext_noop("已被新稿取代"),
    gettext_noop("待分办"),
    gettext_noop("已答复"),
    gettext_noop("已办结"),
    gettext_noop("核对或审校问题"),
    gettext_noop("批注"),
    gettext_noop("自行登记"),
    gettext_noop("同意"),
    gettext_noop("退回"),
    gettext_noop("撤回"),
    gettext_noop("整改中"),
    gettext_noop("已关闭"),
    # results of checks
    gettext_noop("错误"),
    gettext_noop("警告"),
    gettext_noop("提示"),
    gettext_noop("通过"),
    gettext_noop("不通过"),
    gettext_noop("不适用"),
    gettext_noop("无法执行"),
    # what a password must be
    gettext_noop("10 到 128 个字符，至少有 5 个不同的字符"),
    gettext_noop("不能全是数字"),
    gettext_noop("不能是常见密码"),
    gettext_noop("不能与登录名或姓名相近"),
)


def term(word: object) -> str:
    """The word in the reader's language; one that has no translation, and nothing at all, as it is."""
    text = str(word or "")
    return gettext(text) if text else ""


lazy_term = lazy(term, str)
"""As `term`, when it is shown: for the choices of a form."""


def _rules(ending: str) -> str:
    between = gettext("；")
    return between.join(gettext(rule) for rule in passwords.RULES) + gettext(ending)


password_rules = lazy(_rules, str)
"""The rules for a password in the reader's language, with the given end of the sentence."""
