"""Words that a publisher's own lines are composed of: labels, desks, sections, services. Made-up names use no list."""

from __future__ import annotations

PAPERS = ("晚报", "日报", "网", "新闻网", "在线", "周刊", "时报", "都市报", "客户端", "视听", "传媒", "云")
DESKS = (
    "", "", "本版", "夜班", "值班", "首席", "融媒", "城事", "体育", "视觉", "新媒体", "网络", "全媒", "副刊", "频道", "一审", "二审", "三审", "执行",
    "当班", "联合", "特邀", "栏目", "签发", "页面", "本期", "技术",
)  # fmt: skip
EDITORS = (
    "编辑", "编审", "校对", "统筹", "监制", "制作", "美编", "组版", "检校", "策划", "责编", "出品", "编务", "总监", "主任", "审核", "设计", "排版", "剪辑",
    "核稿", "主编", "版式", "把关", "审校", "编导", "运维",
)  # fmt: skip
WRITERS = (
    "记者",
    "通讯员",
    "特派员",
    "撰文",
    "采写",
    "文",
    "报道",
    "特约记者",
    "见习记者",
    "撰稿",
    "采访",
    "图文",
    "整理",
    "执笔",
    "本报记者",
)
SIGNS = ("：", "：", "/", " ", "丨", "｜", " | ", "—", "·", " : ", "▏", "＿", "=", "、", "→")
BULLETS = ("", "", "", "■", "□", "●", "◎", "▲", "◆", "※", "★", "—", "＞", "# ", "+ ")
BRACKETS = (
    ("", ""),
    ("", ""),
    ("", ""),
    ("（", "）"),
    ("【", "】"),
    ("[", "]"),
    ("<", ">"),
    ("〔", "〕"),
    ("「", "」"),
)
SECTIONS = (
    "要闻", "综合", "城事", "民生", "财经", "体育", "国际", "副刊", "教育", "健康", "文娱", "县域", "评论", "人物", "观察", "港闻", "生活", "读书", "汽车",
    "法治", "农业", "时政",
)  # fmt: skip
COLUMNS = (
    "观察",
    "时评",
    "谈",
    "日记",
    "热评",
    "专访",
    "手记",
    "访谈",
    "漫笔",
    "论坛",
    "连线",
    "快讯",
    "图集",
    "特稿",
    "视点",
    "札记",
    "看台",
    "早班",
)
LABELS = (
    "核心阅读", "延伸阅读", "相关链接", "背景", "链接", "对话", "记者手记", "编者按", "观点", "数据", "短评", "名词解释", "新闻背景", "声音", "看点", "专家说法", "现场",
    "提醒", "结语", "引言", "前情", "案例", "焦点", "要点速览", "多说一句",
)  # fmt: skip
ENDS = (
    "完",
    "全文完",
    "END",
    "本文完",
    "结束",
    "The End",
    "未完待续",
    "正文结束",
    "责任自负",
    "谢谢阅读",
    "本版完",
    "下接第{d}版",
    "上接第{d}版",
    "转{d}版",
)
MARKS = ("◆", "*", "—", "=", "·", "■", "#", "~", "※", "◇", "_", "●", "…")
COUNTED = (
    "热度",
    "围观",
    "参与",
    "阅",
    "浏览",
    "播放",
    "赞",
    "跟帖",
    "转评",
    "人气",
    "点击",
    "在看",
    "收听",
    "字数",
    "评论数",
    "已读",
    "关注",
)
UNITS = ("", "", "次", "人", "条", "万", "+", " 次浏览", "人在看", "℃", "k", "字")
ASKED = ("长按", "点击", "扫描", "打开", "搜索", "识别", "下载", "登录", "添加", "关注", "收听", "进入", "订阅", "致电")
THINGS = (
    "二维码",
    "小程序",
    "原文链接",
    "公众号",
    "客户端",
    "视频号",
    "专题页",
    "下方卡片",
    "邮箱",
    "热线",
    "服务台",
    "读者群",
    "电子版",
    "报料通道",
)
GAINS = (
    "看更多本地消息", "获取全文", "参与讨论有奖", "和我们聊聊", "随时报料", "领取读者福利", "了解详情", "订阅明年报纸", "查看高清大图", "与记者互动",
    "收看现场直播", "第一时间知道身边事",
)  # fmt: skip
TEASERS = (
    "推荐",
    "还有",
    "延伸",
    "下一则",
    "前文",
    "更多",
    "同版",
    "另见",
    "今日关注",
    "往期",
    "链接",
    "专题",
    "随机看看",
)
NOTES = ("图", "摄", "供图", "摄影", "图片", "拍摄", "影像", "图说", "现场图", "航拍")
ABOUT = (
    "案件",
    "查询",
    "活动",
    "订票",
    "报名",
    "展览",
    "咨询",
    "演出",
    "门票",
    "投诉",
    "开放",
    "线路",
    "招聘",
    "项目",
    "服务",
    "讲座",
    "领取",
    "登记",
)
KINDS = (
    "编号",
    "电话",
    "时间",
    "地址",
    "票价",
    "地点",
    "热线",
    "人数",
    "金额",
    "日期",
    "对象",
    "网址",
    "方式",
    "比分",
    "费用",
    "期限",
)
VALUES = {
    "编号": ("{c} {d}/20{d}", "〔20{d}〕{c}{d}号", "{c}-{d}{d}{d}"), "电话": ("0{d}-{d}{d}{d}{d}", "{d}{d}{d} {d}{d}{d}", "{d}{d}{d}{d}（{n}）"),
    "热线": ("{d}{d}-{d}{d}{d}", "{d}{d}{d}{d}{d}"), "时间": ("{d}月{d}日{d}:30", "每周{d}至周{d} {d}时至{d}时", "{d}月{d}日—{d}月{d}日"),
    "日期": ("20{d}年{d}月{d}日", "{d}/{d}/20{d}"), "地址": ("{p}路{d}号", "{p}区{p}街{d}号{d}楼", "{p}道{d}号地下"),
    "地点": ("{p}剧院{d}号厅", "{p}公园南门", "{p}馆{d}层"), "票价": ("{d}0元、{d}{d}元", "${d}0/${d}5", "{d}元（学生半价）"), "人数": ("{d}{d}人", "{d}名"),
    "金额": ("{d}.{d}万元", "¥{d}{d}0"), "对象": ("{p}居民", "{d}岁以上读者"), "网址": ("www.{c}{d}.example", "{c}.example/{d}"),
    "方式": ("{p}站换乘{d}路", "现场或电话"), "比分": ("{d}比{d}", "{d}:{d}（{d}:{d}）", "{p} {d}-{d} {p}"), "费用": ("每人{d}0元", "免费"),
    "期限": ("{d}个月", "至{d}月{d}日"),
}  # fmt: skip

LATIN_PAPERS = ("Herald", "Post", "Times", "Courier", "Wire", "Gazette", "Online", "Tribune", "News")
LATIN_EDITORS = (
    "Editing by", "Desk", "Produced by", "Night editor", "Copy", "Additional reporting by", "Layout", "Page designed by",
    "Web editor", "Compiled by", "Edited by", "Checked by", "Graphics",
)  # fmt: skip
LATIN_WRITERS = ("By", "Story by", "Words", "Reporter", "Staff writer", "Written by", "Correspondent", "Report")
LATIN_SIGNS = (": ", " ", " / ", " | ", " - ", ": ")
LATIN_SECTIONS = ("City", "World", "Business", "Sport", "Opinion", "Arts", "Local", "Region", "Features", "Weekend")
LATIN_LABELS = (
    "Background",
    "What happens next",
    "Key points",
    "Analysis",
    "The facts",
    "At a glance",
    "Reaction",
    "In brief",
    "Why it matters",
)
LATIN_ENDS = ("END", "ENDS", "30", "End of article", "Continued on page {d}", "From page {d}", "More follows")
LATIN_COUNTED = ("Views", "Comments", "Shares", "Reads", "Likes", "Listens", "Min read", "Votes")
LATIN_SERVICES = (
    "Sign up for the {x} newsletter", "Download the {x} app for breaking stories.", "Write to us at desk{d}@{c}.example",
    "Have a tip? Call {d}{d}{d} {d}{d}.", "Subscribe to {x} from ${d} a month.", "Listen to this story", "Join the conversation on {x}",
    "Get {x} in your inbox", "Scan the code to watch", "Buy this photo from {x}",
)  # fmt: skip
LATIN_TEASERS = (
    "READ: ",
    "See also: ",
    "More on this: ",
    "Next: ",
    "Related: ",
    "Don't miss: ",
    "Earlier: ",
    "In pictures: ",
)
LATIN_NOTES = ("Photo", "Picture", "Image", "PHOTO", "Courtesy of", "File photo", "Photograph by")
LATIN_LINES = (
    "Tickets: ${d}, ${d}5", "Phone: {d}{d}-{d}{d}", "Venue: {p} Hall, {d} {p} Street", "Case no.: {c} {d}/20{d}", "When: March {d}, {d}:30 pm",
    "Score: {p} {d}, {p} {d}", "Website: {c}.example/{d}", "Address: {d} {p} Road", "Entry: free", "Contact: {n}, {d}{d}{d}{d}",
    "Runtime: {d}{d} minutes", "Price: ${d}.{d}", "Dates: May {d}-{d}", "Reference: {c}{d}{d}",
)  # fmt: skip
SYLLABLES = (
    "bar",
    "kel",
    "mor",
    "tan",
    "ash",
    "vel",
    "dun",
    "lor",
    "wick",
    "hol",
    "ren",
    "stad",
    "ford",
    "mer",
    "pol",
    "gar",
    "lin",
    "os",
)
