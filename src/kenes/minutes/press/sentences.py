"""The sentences a summary begins with, of each language its own.

A key names the number that decides whether the sentence is said; `.one` is its form where a verb
beside the number stands in the singular. `{kind}` is the kind of meeting.
"""

KINDS = {
    "kk": {
        "meeting": "кездесу",
        "seminar": "семинар",
        "panel": "панельдік талқылау",
        "dialogue": "диалог алаңы",
    },
    "ru": {
        "meeting": "прошла встреча",
        "seminar": "прошёл семинар",
        "panel": "прошла панельная дискуссия",
        "dialogue": "прошла диалоговая площадка",
    },
    "en": {
        "meeting": "a meeting",
        "seminar": "a seminar",
        "panel": "a panel discussion",
        "dialogue": "a dialogue platform",
    },
}

SENTENCES = {
    "kk": {
        "held": "{{ meeting.on_date }} «{{ meeting.title }}» тақырыбында %(kind)s өтті. "
        "Ұйымдастырушы – {{ meeting.host }}, өткен жері – {{ meeting.place }}.",
        "participants.all": "Кездесу залына {{ participants.all }} кірді.",
        "questions.asked": "Қатысушылар {{ questions.asked }} қойды.",
        "questions.none": "Сұрақ қойылған жоқ.",
        "questions.votes": "Сұрақтарға {{ questions.votes }} берілді.",
        "questions.aloud": "Ауызша жауап берілгені – {{ questions.aloud }}.",
        "questions.in_time": "Жазбаша жауап мерзімінде берілгені – {{ questions.in_time }}.",
        "questions.late": "Жазбаша жауап кешігіп берілгені – {{ questions.late }}.",
        "questions.not_due": "Жазбаша жауабы әзірленіп жатқаны – {{ questions.not_due }}.",
        "questions.overdue": "Жазбаша жауабының мерзімі өтіп кеткені – {{ questions.overdue }}.",
        "questions.refused": "Қабылданбағаны – {{ questions.refused }}, негіздері жарияланды.",
        "questions.passed_on": "Ресми өтініш ретінде берілгені – {{ questions.passed_on }}.",
        "questions.waiting": "Модератордың шешімін немесе жауапты күтіп тұрғаны – {{ questions.waiting }}.",
        "questions.withdrawn": "Авторлары кері алғаны – {{ questions.withdrawn }}.",
        "commitments.made": "Кездесу қорытындысы бойынша {{ commitments.made }} қабылданды.",
    },
    "ru": {
        "held": "{{ meeting.date }} %(kind)s «{{ meeting.title }}». "
        "Организатор – {{ meeting.host }}, место – {{ meeting.place }}.",
        "participants.all": "В зал встречи вошли {{ participants.all }}.",
        "participants.all.one": "В зал встречи вошёл {{ participants.all }}.",
        "questions.asked": "Участники задали {{ questions.asked }}.",
        "questions.none": "Вопросов не задавали.",
        "questions.votes": "За вопросы отдано {{ questions.votes }}.",
        "questions.votes.one": "За вопросы отдан {{ questions.votes }}.",
        "questions.aloud": "Устные ответы даны на {{ questions.aloud }}.",
        "questions.in_time": "Письменные ответы в срок даны на {{ questions.in_time }}.",
        "questions.late": "Письменные ответы с опозданием даны на {{ questions.late }}.",
        "questions.not_due": "Письменный ответ готовится на {{ questions.not_due }}.",
        "questions.overdue": "Просрочен письменный ответ на {{ questions.overdue }}.",
        "questions.refused": "Отказано в ответе на {{ questions.refused }}, основания опубликованы.",
        "questions.passed_on": "Официальными обращениями стали {{ questions.passed_on }}.",
        "questions.passed_on.one": "Официальным обращением стал {{ questions.passed_on }}.",
        "questions.waiting": "Решения модератора или ответа ждут {{ questions.waiting }}.",
        "questions.waiting.one": "Решения модератора или ответа ждёт {{ questions.waiting }}.",
        "questions.withdrawn": "Авторы отозвали {{ questions.withdrawn }}.",
        "commitments.made": "По итогам встречи принято {{ commitments.made }}.",
    },
    "en": {
        "held": "On {{ meeting.date }} %(kind)s on “{{ meeting.title }}” was held. "
        "Host: {{ meeting.host }}, place: {{ meeting.place }}.",
        "participants.all": "{{ participants.all }} entered the meeting's room.",
        "questions.asked": "The participants asked {{ questions.asked }}.",
        "questions.none": "No questions were asked.",
        "questions.votes": "The questions received {{ questions.votes }}.",
        "questions.aloud": "Answered aloud: {{ questions.aloud }}.",
        "questions.in_time": "Answered in writing and in time: {{ questions.in_time }}.",
        "questions.late": "Answered in writing, but late: {{ questions.late }}.",
        "questions.not_due": "A written answer is being prepared to {{ questions.not_due }}.",
        "questions.overdue": "A written answer is overdue to {{ questions.overdue }}.",
        "questions.refused": "Refused: {{ questions.refused }}; the grounds are published.",
        "questions.passed_on": "Passed on as formal appeals: {{ questions.passed_on }}.",
        "questions.waiting": "Waiting for a moderator or an answer: {{ questions.waiting }}.",
        "questions.withdrawn": "Withdrawn by their authors: {{ questions.withdrawn }}.",
        "commitments.made": "Commitments made in the meeting and by answers: {{ commitments.made }}.",
    },
}
