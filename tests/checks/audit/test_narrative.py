"""Rules on sentences: each with sentences that hold, that do not, and that must not be judged. All invented (虚构)."""

from __future__ import annotations

import pytest
from tests.checks.audit.papers import policy
from tests.checks.audit.sentences import findings, passed, shown

from yiheng.checks.audit.narrative import METHODS

HOLD = [
    # Budgets
    "2024年收入预算1,234.56万元，其中：一般公共预算拨款收入1,200.00万元，占97.20%；政府性基金预算拨款收入0万元，占0%；上年结转34.56万元，占2.80%。",
    "2024年支出预算1,234.56万元，其中：基本支出800.12万元，占64.81%；项目支出434.44万元，占35.19%。",
    "1.社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）2024年预算数为12.34万元，比上年执行数增加1.23万元，增长11.07%。主要是离退休人员增加。",
    "2024年“三公”经费预算数为10.50万元，其中：因公出国（境）费0万元，公务用车购置及运行费8.00万元（公务用车购置费0万元，公务用车运行维护费8.00万元），公务接待费2.50万元。2024年“三公”经费预算比上年减少1.50万元，下降12.50%。",
    "2024年某局机关等2家行政单位的机关运行经费财政拨款预算100.00万元，比2023年预算增加10.00万元，增长11.11%。",
    "2024年政府采购预算总额100.00万元，其中：政府采购货物预算50.50万元、政府采购工程预算0万元、政府采购服务预算49.50万元。",
    "2024年单位预算收入合计900.00万元，较2023年增加100.00万元，增幅12.5%；支出合计900.00万元，较2023年增加100.00万元，增幅12.5%。",
    # Final accounts
    "2023年度收、支总计均为1,234.56万元。与2022年度相比，收、支总计各增加34.56万元，增长2.88%。主要原因是新增项目支出50万元。",
    "本年收入合计1,234.56万元，其中：财政拨款收入1,200.00万元，占97.20%；上级补助收入0万元，占0%；事业收入0万元，占0%；其他收入34.56万元，占2.80%。",
    "2023年度一般公共预算财政拨款支出1,200.00万元。与2022年度相比，一般公共预算财政拨款支出减少100.00万元，下降7.69%。",
    "1.一般公共服务支出（类）人大事务（款）行政运行（项）。年初预算为10.00万元，支出决算为9.00万元，完成年初预算的90.00%。决算数小于年初预算数的主要原因是人员减少。",
    "2023年度“三公”经费财政拨款支出预算为10.00万元，支出决算为8.00万元，完成预算的80.00%；与2022年度相比，减少1.00万元，下降11.11%。",
    "2023年度机关运行经费支出337.09万元，比上年决算数149.77万元增加187.32万元，增长125.08%。",
    "2023年度政府采购支出总额100.00万元，其中：政府采购货物支出50.50万元、政府采购工程支出0万元、政府采购服务支出49.50万元。授予中小企业合同金额90.00万元，占政府采购支出总额的90.00%，其中：授予小微企业合同金额45.00万元，占授予中小企业合同金额的50.00%。",
    "资产总额1,000.00万元，其中流动资产300.00万元，占30.00%；固定资产净值600.00万元，占60.00%；无形资产100.00万元，占10.00%。",
    # Performance
    "全年预算数为500.00万元，执行数为480.00万元，预算执行率96%。项目绩效目标完成情况：一是培训120人次；二是满意度达95%。",
    "每人每年补助标准由610元提高到640元，增加30元，增长4.92%。",
    "资助1,500人，349元/月×1,500人×12=628.2万元。",
    "下设福田、罗湖、盐田3个分中心。",
    "项目资金来源：中央资金1,339.00万元，省级资金200.00万元，市级资金500.00万元，合计2,039.00万元。",
    "受理信访件120件，办结118件，办结率98.33%；满意率由上年的95.1%上升到96.2%。",
    "全年统筹基金收入120.5亿元，支出110.3亿元，当期结余10.2亿元，累计结余85.6亿元。",
    "城乡居民医保参保人数为523.4万人，其中成年人400.1万人、未成年人123.3万人；参保率98.5%，较上年提高0.3个百分点。",
    "编制人数50人，其中行政编制30人，事业编制20人；实有在职人数45人，其中：行政28人，事业17人；退休10人。",
    "本单位设综合部、基金与财务部、风险部等3个部门。",
    # Print
    "２０２３年预算１，２００万元，比２０２２年增加２００万元，增长 20 ％。",
    "2023 年支出 1 200.50 万元，其中：基本支出 1 000.25 万元、项目支出 200.25 万元。",
]

WRONG = [
    ("claim-difference", "机关运行经费支出337.09万元，比上年决算数149.77万元增加187.22万元。", "187.22万元"),
    ("claim-difference", "支出201.50万元，与2022年度支出150.20万元相比，减少51.30万元。", "51.30万元"),
    ("claim-growth", "2024年机关运行经费预算100.00万元，比2023年预算增加10.00万元，增长12.11%。", "12.11%"),
    (
        "claim-growth",
        "收、支总计均为1,234.56万元。与2022年度相比，收、支总计各增加34.56万元，增长8.28%。",
        "8.28%",
    ),
    ("claim-direction", "公务接待费预算8.50万元，比上年减少1.50万元，增长15.00%。", "15.00%"),
    (
        "claim-share",
        "支出合计1,000.00万元，其中：基本支出600.00万元，占60.50%；项目支出400.00万元，占40.00%。",
        "60.50%",
    ),
    ("claim-share", "受理信访件120件，办结118件，办结率98.38%。", "98.38%"),
    ("claim-difference", "全年统筹基金收入120.5亿元，支出110.3亿元，当期结余10.7亿元。", "10.7亿元"),
    ("claim-parts", "参保人数为523.4万人，其中成年人400.1万人、未成年人173.3万人。", "173.3万人"),
    ("claim-parts", "便民服务162万元（包括窗口用品10万元、驻点社工132万元、帮办代办80万元）。", "80万元"),
    (
        "claim-parts",
        "中央资金1,339.00万元，省级资金200.00万元，市级资金500.00万元，合计2,038.00万元。",
        "2,038.00万元",
    ),
    ("claim-parts", "编制人数50人，其中行政编制30人，事业编制70人；实有45人。", "70人"),
    ("claim-completion", "年初预算为10.00万元，支出决算为9.00万元，完成年初预算的91.00%。", "91.00%"),
    ("claim-completion", "全年预算数为480.00万元，执行数为500.00万元，预算执行率96%。", "96%"),
    ("claim-parts", "支出合计1,234.56万元，其中：基本支出800.12万元，项目支出424.44万元。", "424.44万元"),
    (
        "claim-parts",
        "收入合计1,234.56万元，包括财政拨款收入1,210.00万元、事业收入20.00万元、其他收入14.56万元。",
        "1,210.00万元",
    ),
    ("claim-product", "资助1,500人，349元/月×1,500人×12=638.2万元。", "638.2万元"),
    ("claim-count", "下设福田、罗湖、盐田4个分中心。", "4个"),
    (
        "claim-carryover",
        "财政拨款总支出1,005.50万元，其中基本支出600.00万元，项目支出400.00万元，年末结转和结余5.50万元。",
        "1,005.50万元",
    ),
    (
        "claim-unit",
        "三公经费预算2.04万元，支出1.74万元，其中运行维护费预算2.00万元，支出1.74元，接待费预算0.04万元。",
        "1.74元",
    ),
    ("claim-bare-number", "年初预算为10.00万元，支出决算为9.00万元，完成年初预算的90.00。", "90.00"),
    ("claim-bare-number", "基本支出60.00万元，占60.00%；项目支出40.00万元，占40.00。", "40.00"),
    ("claim-bare-number", "收入合计1,234.56，比上年增加10.00万元，其中财政拨款1,200.00万元。", "1,234.56"),
]

SILENT = [
    # A base that is not printed; an explanation with figures of its own; a list that says that it is not whole
    "2024年一般公共预算当年拨款1,234.56万元，比上年执行数减少56.78万元，主要是压减一般性支出30.5万元，下降5%。",
    "项目支出434.44万元，主要用于：信息化建设200万元；宣传培训100万元等。",
    "收入预算500.00万元，其中财政拨款300.00万元。",
    # 编制 and 实有 in turn, with a number of persons that belongs to one of both
    "系统编制总数352人，实有在编人数298人，其中：行政编制166人，实有在编人数119人；事业编制122人，实有在编人数119人；雇员60人。",
    "收支增加的主要原因：一是新增项目80,000万元；二是补助增加7,977万元，增长3%。",
    "医保基金累计结余2,563.61亿元，同比增加429.5亿元，增长约20.1%。",
    "网点从33个增加到584个，增加了近17倍。",
    "2023年年初结转和结余20.00万元，本年收入100.00万元，本年支出110.00万元，年末结转和结余10.00万元。",
    "基本支出800.12万元，其中：人员经费700.00万元，主要包括：基本工资、津贴补贴；公用经费100.12万元，主要包括：办公费。",
    "医保业务已进驻7个区级大厅、75个街道大厅、502个社区中心。",
    "支出合计1,234.56万元，其中：基本支出800.12万元，项目支出434.43万元。",
    "2024年收入总计1,005.50万元；支出总计1,005.50万元，其中本年支出1,000.00万元，年末结转和结余5.50万元。",
    "本局与下属甲中心、乙中心等5家单位签约。",
    "2023年公务接待费0万元，与上年持平，增长0%。",
    "满意度达到95.00，属于优秀。",
    "根据发〔2021〕125号文，2023年5月1日起执行，单价50万元以上设备2台（套），占地1,000平方米。",
]  # fmt: skip


@pytest.mark.parametrize("sentence", HOLD)
def test_what_holds_is_read_and_stays_silent(sentence: str) -> None:
    assert shown(sentence) == []
    assert passed((sentence,)) > 0


@pytest.mark.parametrize(("method", "sentence", "printed"), WRONG)
def test_what_does_not_hold_is_one_finding_that_names_the_figure(
    method: str, sentence: str, printed: str
) -> None:
    made = findings(sentence)
    assert len(made) == 1
    (rule,) = [e for e in policy().entries if e.type == "audit_rule" and e.id == made[0].rule]
    assert rule.value["method"] == method
    assert printed in made[0].printed.split("；")
    assert printed.rstrip("%元万个") in made[0].quote.replace(" ", "")


@pytest.mark.parametrize("sentence", SILENT)
def test_what_the_words_leave_open_is_not_judged(sentence: str) -> None:
    assert shown(sentence) == []


def test_every_method_on_sentences_is_tried_here() -> None:
    tried = {method for method, _, _ in WRONG} | {
        "claim-same",
        "claim-truncated",
        "claim-zero-base",
        "claim-scope-base",
    }
    assert tried == set(METHODS)


def test_a_truncated_percentage_is_a_hint() -> None:
    """190 of 408 is 46.5686 %."""
    made = findings("支出合计408.00万元，其中：基本支出190.00万元，占46.56%；项目支出218.00万元，占53.43%。")
    assert [(f.severity.value, f.rule, f.printed, f.computed) for f in made] == [
        ("hint", "narrative.truncated", "46.56%", "46.57%")
    ]


def test_a_percentage_of_nothing_is_a_hint() -> None:
    (finding,) = findings("年初预算为0万元，支出决算为5.00万元，完成年初预算的100.00%。")
    assert (finding.severity.value, finding.rule, finding.printed) == (
        "hint",
        "narrative.zero-base",
        "100.00%",
    )


def test_one_figure_for_all_the_claims_that_it_breaks() -> None:
    """800.12 mutated to 900.12 breaks the sum, its share and the change that follows."""
    made = findings(
        "支出合计1,234.56万元，其中：基本支出900.12万元，占64.81%；项目支出434.44万元，占35.19%。"
    )
    assert [(f.printed, f.computed) for f in made] == [("900.12万元", "800.12万元")]
    assert len(made[0].sources) >= 3


def test_a_list_over_paragraphs_adds_up_stage_by_stage() -> None:
    head = (
        "2023年度一般公共预算财政拨款年初预算1,100.50万元，支出合计1,200.75万元，完成预算的109.11%。"
        "主要用于以下方面："
    )
    items = [
        "教育支出100.25万元，年初预算数为100.50万元，完成预算的99.75%。",
        "卫生健康支出1,100.50万元，年初预算数为1,000.00万元，完成预算的110.05%。",
    ]
    assert shown(head, *items) == []
    (finding,) = findings(head, items[0], items[1].replace("1,000.00", "1,500.00"))
    assert finding.printed == "1,500.00万元"


def test_a_share_of_a_total_in_another_section() -> None:
    total = "本年支出合计5,400.00万元，其中：基本支出3,000.00万元，占55.56%；项目支出2,400.00万元，占44.44%。"
    part = "一般公共预算财政拨款支出5,200.00万元，占本年支出合计的{}%。"
    assert shown(total, part.format("96.30")) == []
    assert shown(total, part.format("94.30")) == [("narrative.share", "94.30%")]


def test_the_same_figure_printed_twice_differs_in_a_digit() -> None:
    made = findings(
        "一、支出情况",
        "2023年医疗保障经办管理项目支出5,788.10万元。",
        "二、项目情况",
        "医疗保障经办管理项目支出5,788.10万元，用于经办。",
        "三、绩效情况",
        "医疗保障经办管理项目支出5,738.10万元。",
    )
    assert [(f.rule, f.printed) for f in made] == [("narrative.repeated", "5,738.10万元")]


def test_all_projects_are_the_project_spending() -> None:
    said = "2023年所有项目支出预算纳入部门预算绩效管理，涉及预算资金{}万元，设置并编报9个项目绩效目标。"
    list_ = (
        "2023年部门预算支出344,720万元，包括人员支出6,208万元、公用支出616万元、"
        "对个人和家庭的补助支出100万元、项目支出337,796万元。"
    )
    assert shown(list_, said.format("337,796")) == []
    assert shown(list_, said.format("344,720")) == [("narrative.repeated", "344,720万元")]


def test_the_base_of_the_whole_is_not_that_of_one_budget() -> None:
    general = "（二）一般公共预算财政拨款支出决算情况"
    whole = "（一）收入支出决算总体情况"
    fund = "（三）政府性基金预算财政拨款支出决算情况"
    text = [
        whole,
        "本年度支出300.00万元，与2022年度支出{}万元相比，增加{}万元。",
        general,
        "一般公共预算财政拨款支出200.00万元，与2022年度支出100.00万元相比，增加100.00万元。",
        fund,
        "2023年政府性基金支出100.00万元，与2022年度相比，增加50.00万元，增长100.00%。",
    ]
    right = [text[0], text[1].format("150.00", "150.00"), *text[2:]]
    wrong = [text[0], text[1].format("100.00", "200.00"), *text[2:]]
    assert shown(*right) == []
    assert shown(*wrong) == [("narrative.scope-base", "100.00万元")]


VEHICLES = (
    "截至2023年12月31日，本部门共有车辆{}辆，其中，副部（省）级及以上领导用车0辆、主要负责人用车0辆、机要通信用车1辆、"
    "应急保障用车2辆、执法执勤用车8辆、特种专业技术用车0辆、离退休干部服务用车0辆、其他用车{}辆；单价100万元以上设备0台（套）。"
)


def test_vehicles_of_all_kinds_are_the_vehicles() -> None:
    assert shown(VEHICLES.format(14, 3)) == []
    assert [rule for rule, _ in shown(VEHICLES.format(24, 3))] == ["narrative.parts"]
    four = "共有车辆12辆，其中：一般公务用车{}辆、一般执法执勤用车1辆、特种专业技术用车0辆、其他用车0辆。"
    assert shown(four.format(11)) == []
    assert [rule for rule, _ in shown(four.format(10))] == ["narrative.parts"]
    assert shown("共有车辆12辆，其中：一般公务用车10辆、执法执勤用车1辆。") == []  # not all kinds


EQUIPMENT = "截至2023年12月31日，共有单价50万元（含）以上设备8台（套），其中：通用设备{}台（套）、专用设备{}台（套）。"


def test_equipment_of_both_kinds_is_all_equipment() -> None:
    assert shown(EQUIPMENT.format(5, 3)) == []
    assert passed((EQUIPMENT.format(5, 3),))
    for general, special in ((6, 3), (5, 2)):
        assert [rule for rule, _ in shown(EQUIPMENT.format(general, special))] == ["narrative.parts"]


@pytest.mark.parametrize(
    "text",
    [
        "共有设备12台（套），其中：通用设备8台（套）、进口设备5台（套）。",  # kinds that overlap
        "共有设备12台（套），其中：通用设备8台（套）。",  # not all kinds
        "单价50万元（含）以上通用设备3台（套），单价100万元（含）以上专用设备1台（套）。",  # no total
        "共有单价50万元以上设备8台（套），其中：单价100万元以上设备2台（套）。",
        "年末共有房屋3,500平方米，其中：办公用房2,000平方米、业务用房1,400平方米。",
    ],
)
def test_assets_that_are_no_whole_of_kinds(text: str) -> None:
    assert shown(text) == []


def test_goods_works_and_services_are_the_procurement() -> None:
    said = (
        "政府采购支出总额100.00万元，其中：政府采购货物支出{}万元、政府采购工程支出20.00万元、"
        "政府采购服务支出50.00万元。"
    )
    assert shown(said.format("30.00")) == []
    assert [rule for rule, _ in shown(said.format("38.00"))] == ["narrative.parts"]


def test_small_firms_get_no_more_than_all() -> None:
    said = "2023年政府采购支出总额100.00万元，其中：政府采购货物支出30.00万元、政府采购服务支出70.00万元。"
    small = "授予中小企业合同金额{}万元，其中：授予小微企业合同金额{}万元。"
    rule = "narrative.small-firms"
    assert shown(said + small.format("100.00", "100.00")) == []
    assert shown(said + small.format("120.00", "30.00")) == [(rule, "120.00万元")]
    assert [name for name, _ in shown(said + small.format("80.00", "90.00"))] == ["narrative.parts"]
    assert shown(said, small.format("120.00", "30.00")) == []  # another paragraph may be of another unit
    assert shown(said + "授予中小企业合同金额约120万元。") == []


def test_a_number_without_the_unit_that_the_whole_paper_uses() -> None:
    paper = [f"第{n}项目支出{n}1.20万元。" for n in range(1, 11)]
    said = "公务接待费支出决算为1.25，比上年增加0.35万元。"
    assert shown(*paper, said) == [("narrative.bare-number", "1.25")]
    assert shown(*paper[:5], said) == [("narrative.bare-number", "1.25")]
    assert shown(*paper[:5], said.replace("1.25", "1,250")) == []  # what has no decimals may be of anything
    assert shown(*paper, "每人补助由1.25提高到每人2.00元。") == []
    assert shown(*paper, "公务接待费支出决算为1.25万元，比上年增加0.35万元。") == []


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("城乡居民资助参保每人每月349元，1500人，12个月，共{}万元。", "628.2", "682.2"),
        ("资助参保按每人每年349元、1,500人测算，共{}万元。", "52.35", "52.65"),
        ("按每人每月1,200元标准，发放30人，12个月计算，全年共需{}万元。", "43.20", "43.80"),
        ("每户补助500元，300户，共计{}万元。", "15.00", "18.00"),
        ("每人349元/月，1500人，12个月，共{}万元。", "628.20", "623.20"),
    ],
)
def test_a_product_in_words(text: str, right: str, wrong: str) -> None:
    assert shown(text.format(right)) == []
    assert passed((text.format(right),)) > 0
    ((rule, printed),) = shown(text.format(wrong))
    assert rule == "narrative.product"
    assert f"{wrong}万元" in printed.split(
        "；"
    )  # where one digit of a factor explains it as well, all are listed


@pytest.mark.parametrize(
    "text",
    [
        "每人每月349元，1500人，共52.35万元。",
        "每人每年349元，1500人，12个月，共99.00万元。",
        "每人每天80元，20人，共9.60万元。",
        "每人每次80元，20人，共9.60万元。",
        "每人约349元，1500人，共99.00万元。",
        "每人补助349元，其中1500人为困难群众，另有300人自费，共99.00万元。",
        "每人每年补助640元，比上年增加30元，惠及1500人，共99.00万元。",
        "每户补助500元，1500人，共99.00万元。",
    ],
)
def test_what_is_no_whole_product(text: str) -> None:
    assert shown(text) == []
