"""What the log's actions and objects are called on screens (操作日志用语)."""

from __future__ import annotations

from typing import Final

from yiheng.pipelines.intake import SHEETS

ACTIONS: Final = {
    # accounts and rights (people)
    "create": "新建", "activate": "启用", "deactivate": "停用", "unlock": "解除锁定", "set_up": "完成首次设置",
    "appoint": "任岗", "dismiss": "免岗", "grant": "授权", "revoke": "收回", "issue": "发放令牌",
    "sign_in": "登录", "sign_in_failed": "登录失败", "session_end": "会话结束",
    "password_changed": "修改密码", "password_reset": "重置密码", "sso_bound": "绑定单点登录",
    "factor_on": "启用动态口令", "factor_off": "停用动态口令",
    "recovery_used": "使用恢复码", "recovery_renewed": "更换恢复码", "export": "导出日志",
    # figures (ledger, performance)
    "add": "新增", "change": "更正", "remove": "冲销", "load": "装载",
    "survey_open": "开放网上问卷", "survey_answer": "收到网上问卷", "survey_renew": "更换问卷链接",
    "survey_close": "结束网上问卷",
    # the year's course (casework)
    "open_cycle": "开始周期", "open": "开始环节", "finish": "完成环节", "reopen": "重新打开", "wait": "等待",
    "submit": "提交", "withdraw": "撤回", "approve": "通过", "return": "退回", "set_due": "改定期限",
    "approved": "同意", "returned": "退回", "withdrawn": "撤回",
    "comment": "批注", "resolve": "解决批注", "take_up": "接办批注", "open_case": "立疑点线索",
    "assign": "分办", "give_answer": "答复", "ask_again": "再问", "close": "办结",
    "prepare": "编制公开稿", "certify": "签发", "review": "审校", "decide": "认定",
    "set_day": "改日历", "unset_day": "撤销改日历", "confirm_year": "确认年度日历",
    "enqueue": "排入任务", "confirm": "确认", "cancel": "取消", "end": "任务结束",
    # the installation itself
    "backup": "备份", "download": "下载", "delete": "删除", "restore": "恢复", "tidy": "清理",
}  # fmt: skip
TABLES: Final = {sheet.name: sheet.title for sheet in SHEETS} | {
    "users": "用户", "sessions": "会话", "posts": "岗位", "unit_scopes": "权限范围", "log": "操作日志",
    "set_up": "首次设置", "jobs": "后台任务", "cycles": "周期", "loads": "装载", "submissions": "报批事项",
    "comments": "批注", "cases": "疑点线索", "preparations": "公开稿", "publications": "公开版本",
    "reviewed_documents": "审校文件", "finding_decisions": "审校认定", "calendar": "工作日历", "api_tokens": "接口令牌",
    "online_surveys": "网上问卷", "backups": "备份", "installation": "系统",
}  # fmt: skip
"""One that is not listed is shown as it stands in the log."""
