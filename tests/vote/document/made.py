"""Made-up facts for every paper, of the size that they have in a real estate: 566 owners, long names, tables over pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from vote.document.call import Matter, MeetingNotice, RollLine, RollNotice, meeting_notice, roll_notice
from vote.document.candidate import (
    Candidate,
    CandidateForm,
    CandidatesNotice,
    Person,
    Shown,
    Supporter,
    Way,
    candidate_form,
    candidates_notice,
)
from vote.document.committee import FilingApplication, Member, MemberList, filing_application, member_list
from vote.document.count import (
    Channel,
    Checked,
    Choice,
    Counted,
    CountSheet,
    Part,
    ParticipationList,
    Recheck,
    count_sheet,
    participation_list,
    recheck,
)
from vote.document.group import (
    DEMANDED,
    DocumentLetter,
    GroupMember,
    GroupNotice,
    document_letter,
    group_notice,
)
from vote.document.handover import HandOver, Piece, Thing, hand_over_list
from vote.document.layout import Handler, Head, Paper, Rule, Tick
from vote.document.membership import Cause, MembershipEnded, RecallMotion, membership_ended, recall_motion
from vote.document.proxy import Opinion, Proxy, ProxyMatter, proxy
from vote.document.register import Delivery, DeliveryRegister, SealRegister, SealUse, delivery_register, seal_register
from vote.document.result import Body, Place, ResultNotice, result_notice
from vote.document.sitting import AgendaNotice, Item, Minutes, agenda_notice, minutes
from vote.document.wish import (
    Application,
    DeveloperReport,
    JointList,
    Signer,
    application,
    developer_report,
    joint_list,
)
from vote.law.measure import Measure


@dataclass(frozen=True)
class Made:
    """A form with facts for it."""

    form: Callable[[Any], Paper]
    facts: Any

    def paper(self) -> Paper:
        return self.form(self.facts)


HANDLER = Handler(
    "汾湖社区居民委员会",
    "组织首次业主大会会议",
    "到首届业主委员会任期届满后5年",
    "社区服务大厅，0573-84000001",
)
RULES = (
    Rule(
        "《嘉兴市住宅物业管理条例》第8条",
        "条件具备后30日内，建设单位书面报告；逾期未报告的，业主可以书面要求，没有最低人数。",
    ),
    Rule(
        "《业主大会和业主委员会指导规则》第12条（待核实：一般了解，未见条文）",
        "候选人名单随首次会议内容在会议15日前公告。",
    ),
)
HEAD = Head(
    "汾湖花园（一期、二期及商业街区）",
    "汾湖筹〔2026〕7号",
    date(2026, 11, 25),
    RULES,
    HANDLER,
    "https://vote.example/estates/fenhu-garden/records/0197a8c2-6a51-7cc4-9d2e-5a2b6f0c1d3e",
)
OWNERS, CAST = Measure(566, 6_139_825), Measure(481, 5_149_700)
OPENS, CLOSES = datetime(2026, 12, 12, 1, 0, tzinfo=UTC), datetime(2026, 12, 20, 10, 0, tzinfo=UTC)
UNITS = [f"{building}幢{entrance}单元{floor}0{door}室" for building in range(1, 4) for entrance in (1, 2)
         for floor in range(1, 10) for door in (1, 2)]  # fmt: skip
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高"
LONG_NAME = "买买提·阿卜杜热合曼·吐尔逊尼亚孜"


def name(number: int) -> str:
    return LONG_NAME if number == 7 else f"{SURNAMES[number % 20]}{'春夏秋冬'[number % 4]}{'生明华'[number % 3]}"


COUNTED = (
    Counted(
        "是否通过《汾湖花园业主大会议事规则（草案）》？",
        "参加表决的人数过半数、面积过半数同意",
        (
            Choice("同意", Measure(402, 4_310_055)),
            Choice("反对", Measure(51, 540_312)),
            Choice("弃权", Measure(28, 299_333)),
        ),
        "通过",
    ),
    Counted(
        "选举首届业主委员会委员（7名，可选少于7名，多选该题无效）",
        "每名候选人分别须经参加表决的人数过半数、面积过半数同意",
        tuple(Choice(name(number), Measure(400 - 21 * number, 4_200_000 - 219_875 * number)) for number in range(9)),
        "当选7名，候补1名",
    ),
)
MEMBERS = tuple(
    Member(name(number), UNITS[number * 9], office, work, f"1380000{number:04}")
    for number, (office, work) in enumerate(
        [("主任", "主持全面工作"), ("副主任", "公共收益和维修资金"), ("副主任", "物业服务监督"), ("委员", "印章保管"),
         ("委员", "档案和公示"), ("委员", "工程维修"), ("委员", "邻里协调"), ("候补委员", "")]
    )
)  # fmt: skip

PAPERS: Mapping[str, Made] = {
    "application": Made(
        application,
        Application(
            HEAD, "嘉善县罗星街道办事处", OWNERS, 4_012_300, date(2023, 6, 30), Measure(62, 671_200),
            ("业主联名表", "联名业主的房屋权属证明复印件", "建设单位逾期未报告的说明"), "王春生", "13800000001",
        ),
    ),
    "joint-list": Made(
        joint_list,
        JointList(
            HEAD,
            tuple(Signer(UNITS[number], name(number), 8937 + 113 * number, f"1390000{number:04}") for number in range(30)),
            12,
        ),
    ),
    "developer-report": Made(
        developer_report,
        DeveloperReport(
            HEAD, "嘉善县罗星街道办事处", "嘉善汾湖置业有限公司", 590, 431, 6_139_825, 4_012_300, date(2023, 6, 30),
            "1幢底层东侧，186.50平方米",
            (Tick("面积核准文件", ticked=True), Tick("物业服务用房证明", ticked=True), Tick("业主名册和面积清册"),
             Tick("维修资金交存清单", ticked=True)),
            "李夏明", "0573-84000002",
        ),
    ),
    "group-notice": Made(
        group_notice,
        GroupNotice(
            HEAD, date(2026, 9, 1),
            (GroupMember("周建国", "街道办事处", is_owner=False, work="组长，召集和主持"),
             GroupMember("沈丽", "汾湖社区居民委员会", is_owner=False, work="联络、接待"),
             GroupMember("陆平", "建设单位", is_owner=False, work="提供资料"),
             GroupMember(LONG_NAME, "业主代表", is_owner=True, work="业主清册核对、起草议事规则和管理规约"),
             *(GroupMember(name(number), "业主代表", is_owner=True, work="送达和接待") for number in range(3))),
            "社区服务大厅2号窗口", "沈丽", "0573-84000001",
        ),
    ),
    "document-letter": Made(
        document_letter,
        DocumentLetter(
            HEAD, "嘉善安居物业服务有限公司", date(2026, 9, 1), date(2026, 9, 8), DEMANDED,
            Rule("《嘉兴市住宅物业管理条例》第34条", "罚款幅度为1万元以上10万元以下，由主管部门依法决定。"),
            "社区服务大厅2号窗口", "沈丽", "0573-84000001", "罗星街道办事处和县建设局",
        ),
    ),
    "roll-notice": Made(
        roll_notice,
        RollNotice(
            HEAD, "嘉善县罗星街道车站南路88号", 590, OWNERS, date(2026, 10, 1), date(2026, 10, 9),
            "社区服务大厅2号窗口", "每天9:00—11:30、13:30—17:00，周六照常", "沈丽", "0573-84000001",
            tuple(RollLine(unit, 8937 + number, "1人" if number % 5 else "与1幢1单元101室合计1人")
                  for number, unit in enumerate(UNITS)),
        ),
    ),
    "meeting-notice": Made(
        meeting_notice,
        MeetingNotice(
            HEAD, "首次业主大会会议", "书面征求意见（手机、纸票、现场都可以，只算一次）", OPENS, CLOSES,
            "社区服务大厅2号窗口，投票箱由社区保管", OWNERS, "人数三分之二以上、面积三分之二以上的业主参加",
            (Matter("通过《业主大会议事规则（草案）》", "参加的人数和面积都过半数同意"),
             Matter("通过《管理规约（草案）》", "参加的人数和面积都过半数同意"),
             Matter("选举首届业主委员会委员7名、候补委员1名；只有议事规则通过，委员会才成立", "每人都要参加的人数和面积双过半")),
            ("一人一票只算一次，几种方式都投的，以截止前最后一次为准，现场和纸票优先。",
             "几个人共有一套算一人；一人有几套也算一人，面积相加。",
             "交回的票上没有填的一项算弃权；同一项多选的，这一项无效。",
             "可以委托他人代投，须有写明每一项意见的授权委托书。"),
            "没有投票的，不计入参加，也不计入同意。", 7, 1, "5年", ("是本小区业主", "具有完全民事行为能力", "遵守管理规约"),
            "参加的人数和面积都过半数同意，按同意人数排序", tuple(name(number) for number in range(9)),
            date(2026, 12, 5), "沈丽", "0573-84000001",
            ("业主大会议事规则（草案）", "管理规约（草案）", "首次业主大会会议表决规则", "候选人简介"),
        ),
    ),
    "candidate-form": Made(
        candidate_form,
        CandidateForm(
            HEAD, Way.JOINT,
            Person("陈冬华", "女", "1979年", "大学本科", "嘉善县第二中学", "13800000077", "2幢1单元502室", 12_845, "2023年9月"),
            (("2001年至2012年", "嘉善县实验小学，教师"), ("2012年至今", "嘉善县第二中学，教师、工会委员")),
            "财务、写材料", "把公共收益的账每个季度公开，把电梯和停车先管好。" * 5, "配偶在本小区商业街租有一间店面。",
            frozenset({Shown.NAME, Shown.UNIT, Shown.RESUME, Shown.MOTIVES, Shown.TIES}),
            tuple(Supporter(UNITS[number], name(number), f"1370000{number:04}") for number in range(10)), 2,
        ),
    ),
    "candidates-notice": Made(
        candidates_notice,
        CandidatesNotice(
            HEAD, 7, 1, date(2026, 11, 25), date(2026, 12, 11),
            tuple(
                Candidate(
                    {Shown.NAME: name(number), Shown.UNIT: UNITS[number], Shown.BORN: f"19{70 + number}年",
                     Shown.RESUME: "2001年至2012年在嘉善县实验小学任教；2012年至今在嘉善县第二中学任教、工会委员。",
                     Shown.MOTIVES: "把公共收益的账每个季度公开，把电梯和停车先管好。", Shown.TIES: "无"},
                    withdrawn=number == 4,
                )
                for number in range(9)
            ),
            "沈丽", "0573-84000001",
        ),
    ),
    "proxy": Made(
        proxy,
        Proxy(
            HEAD, "首次业主大会会议", "陈冬华", "2幢1单元502室", 12_845, LONG_NAME, "女婿",
            (ProxyMatter("通过《业主大会议事规则（草案）》", Opinion.YES),
             ProxyMatter("通过《管理规约（草案）》", Opinion.NO),
             *(ProxyMatter(f"选举{name(number)}为委员", None) for number in range(9))),
            "按下表的意见代为投票，不得更改", date(2026, 12, 12), date(2026, 12, 20),
        ),
    ),
    "delivery-register": Made(
        delivery_register,
        DeliveryRegister(
            HEAD, "首次业主大会会议", "1幢1单元",
            tuple(
                Delivery(f"{1001 + number}", UNITS[number], name(number), "当面" if number % 3 else "邮寄", "2026-11-28",
                         f"{name(number)}，本人" if number % 4 else f"{name(number + 1)}，配偶", "2026-12-15" if number % 2 else "")
                for number in range(30)
            ),
            6,
        ),
    ),
    "seal-register": Made(
        seal_register,
        SealRegister(
            HEAD, "汾湖花园业主委员会章", "赵秋生",
            tuple(
                SealUse(f"2027-01-{day:02}", "与嘉善安居物业服务有限公司签订电梯广告位租赁合同", f"业委会决定〔2027〕{day}号", "2份8页",
                        "李夏明", "王春生、张冬华")
                for day in range(1, 21)
            ),
            5,
        ),
    ),
    "count-sheet": Made(
        count_sheet,
        CountSheet(
            HEAD, "首次业主大会会议", CLOSES, datetime(2026, 12, 24, 1, 30, tzinfo=UTC),
            (Channel("手机", 566, 341, 341, 0), Channel("纸票", 566, 139, 121, 18), Channel("社区现场", 23, 19, 19, 0)),
            OWNERS, CAST, "人数三分之二以上、面积三分之二以上，已达到", COUNTED, ("沈丽", "王春生"), ("周建国", LONG_NAME),
        ),
    ),
    "participation-list": Made(
        participation_list,
        ParticipationList(
            HEAD, "首次业主大会会议", CAST,
            tuple(Part(unit, 8937 + number, ("手机", "纸票", "社区现场")[number % 3]) for number, unit in enumerate(UNITS)),
            ("沈丽", "王春生"),
        ),
    ),
    "recheck": Made(
        recheck,
        Recheck(
            HEAD, "首次业主大会会议", datetime(2026, 12, 27, 6, 0, tzinfo=UTC), "3f9a0c1b7d2e4f60",
            (Checked("有效票数与参与表决登记表一致", "481份，一致"),
             Checked("用另一套程序核对全部选票和计算过程", "验证通过，程序版本与文件校验码附后"),
             Checked("有争议的选票会不会改变结果", "最多影响9人、812.40平方米，不改变结果")),
            "复核结果与公布的结果一致。", ("陆平", "高冬明"),
        ),
    ),
    "result-notice": Made(
        result_notice,
        ResultNotice(
            replace(HEAD, on=date(2026, 12, 25)), "首次业主大会会议", date(2026, 12, 24), OWNERS, CAST, "人数三分之二以上、面积三分之二以上，已达到", COUNTED,
            tuple(name(number) for number in range(7)), (name(7),),
            "开票前处理争议11件：重复2件、委托3件、冒名1件，其余为清册更正。仍有争议的最多影响9人、812.40平方米，不改变任何一题的结果。",
            "2026年11月26日起逐户书面送达，537户签收，29户多次联系不上的张贴并拍照。",
            (Place("小区东门公告栏", date(2026, 12, 25), "照片2张，编号31"), Place("各单元门厅（18处）", date(2026, 12, 25), "照片18张，编号32")),
            "2026年12月25日起发短信，没有手机的送纸质通知，每户留有记录。", date(2027, 1, 4), "筹备组（社区服务大厅2号窗口）",
            Rule("《物业管理条例》第19条第2款", "决定违反法律、法规的，由区县物业主管部门或者街道、乡镇责令限期改正或者撤销，并通告全体业主。"),
            (Body("罗星街道办事处", "0573-84000003"), Body("嘉善县建设局", "0573-84000004")),
            Rule("《最高人民法院关于审理建筑物区分所有权纠纷案件适用法律若干问题的解释》第12条、《民法典》第280条第2款",
                 "业主自知道或者应当知道决定之日起一年内可以请求撤销。"),
            date(2027, 12, 25), "第1号", "3f9a0c1b7d2e4f603f9a0c1b7d2e4f603f9a0c1b7d2e4f603f9a0c1b7d2e4f60",
            ("周建国", "沈丽", "王春生"),
        ),
    ),
    "agenda-notice": Made(
        agenda_notice,
        AgendaNotice(
            HEAD, "第一届业主委员会第3次会议", datetime(2027, 3, 8, 11, 0, tzinfo=UTC), "业委会办公室",
            ("电梯广告位招租", "东门道闸更换，预算3万元以内", "答复业主关于停车收费的询问"), date(2027, 3, 7), "赵秋生", "0573-84000005",
        ),
    ),
    "minutes": Made(
        minutes,
        Minutes(
            HEAD, "第一届业主委员会第3次会议", datetime(2027, 3, 8, 11, 0, tzinfo=UTC), "业委会办公室", "王春生", "赵秋生", 7,
            ("王春生", "李夏明", "张秋华", "刘冬生", "陈春明", LONG_NAME), ("黄夏明",), ("汾湖社区 沈丽",),
            (Item("电梯广告位招租", "比较了三家的报价，最高的一家要求独家五年，多数委员认为期限过长。", 5, 0, 1, "租给报价第二的一家，期限两年，合同公布。"),
             Item("东门道闸更换", "", 4, 2, 0, "同意更换，不超过3万元，从公共收益列支。")),
            date(2027, 3, 11),
        ),
    ),
    "membership-ended": Made(
        membership_ended,
        MembershipEnded(
            HEAD, "刘冬生", "委员（印章保管）", Cause.NO_OWNER, date(2027, 5, 6), date(2027, 5, 9), "赵秋生", "周冬生", 3, 7
        ),
    ),
    "recall-motion": Made(
        recall_motion,
        RecallMotion(
            HEAD, "刘冬生", "副主任", Measure(116, 1_243_077),
            "2027年1月至3月未经业委会决定，三次使用印章签订合同，合同没有公布。\n多次没有参加委员会会议。" * 3, date(2027, 4, 1), date(2027, 4, 16),
            "三份合同都有委员会微信群里的同意记录，已经补交；缺席的两次会议我书面请过假。" * 4, OPENS, CLOSES,
        ),
    ),
    "hand-over": Made(
        hand_over_list,
        HandOver(
            HEAD, "汾湖花园业主大会筹备组", "汾湖花园第一届业主委员会", date(2027, 1, 30),
            {Thing.ROLL: (Piece("业主清册（定稿）", "1份", "电子文件，校验码在封面"), Piece("业主联系方式", "1份", "密封")),
             Thing.MINUTES: tuple(Piece(f"筹备组会议纪要第{number}次", "1份", "") for number in range(1, 13)),
             Thing.ACCOUNTS: (Piece("筹备经费收支表和凭证", "1册，结余1,286.40元", "结余转入业委会账户"),),
             Thing.EQUIPMENT: (Piece("投票箱", "3只", "其中1只锁损坏"),)},
            "汾湖社区 沈丽",
        ),
    ),
    "filing-application": Made(
        filing_application,
        FilingApplication(
            HEAD, ("嘉善县建设局", "罗星街道办事处"), "汾湖花园业主委员会", 1, date(2026, 12, 24), date(2031, 12, 23),
            date(2026, 12, 24), date(2027, 1, 25), "1幢底层东侧业委会办公室", "0573-84000005", MEMBERS,
            (*tuple(Tick(each, ticked=True) for each in ("会议记录和会议决定", "议事规则", "管理规约", "委员名单", "参与表决登记表", "发放、收回登记册", "计票汇总表")), Tick("计票复核记录")),
        ),
    ),
    "member-list": Made(member_list, MemberList(HEAD, "汾湖花园业主委员会", date(2026, 12, 28), MEMBERS)),
}  # fmt: skip
