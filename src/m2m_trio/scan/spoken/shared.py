"""`m2m_trio.scan.spoken`: slots that take a word or two of each language."""

from __future__ import annotations

SHARED: dict[str, str] = {
    "howto": """wie_aktiviere wie_schalte wie_kann wie_komme wie_geht wie_stelle
        wie_mache wie_deaktiviere wie_setze wie_bekomme come_si come_faccio kako ako_si
        ako_sa ako_mozem macam_mana vipi jinsi com_puc com_es како எப்படி ಹೇಗೆ ఎలా چطور
        کیسے ยังไง 怎麼樣 どうすれば hvordan_kan hur_kan""",
    "x_yours": """dein deine deinen deiner deinem ihre ihren tes vos ton ta votre tus
        sus tu su tuoi tue tuo tua suoi teus tuas teu seus suas seu els_teus teves je
        jouw uw twoje twoich twoj swoj swoje swoich tvoje tvoj tve tvych svoje svoj svuj
        sve tau tai tale vostre din dina dine ditt jeres sinun cua_ban cua_may kamu anda
        kau yako zako твои твой твоих твоя ваши ваших ваш свои свой своих твої твій ваші
        свої твоите вашите твоје твој своје σου σας שלך שלכם تو شما خود तुम्हारे तुम्हारी
        आपके आपकी अपने अपना अपनी তোমার আপনার உன் உங்கள் คุณ 君の 네""",
    "x_session": """diese_sitzung dieser_sitzung cette_session cette_conversation
        esta_sesion questa_sessione esta_sessao deze_sessie tej_sesji teto_relaci
        tato_relace tejto_relacii aceasta_sesiune ez_a_munkamenet denne_sesjon
        denne_sessionen denna_session denne_okten tama_istunto bu_oturum* phien_nay
        sesi_ini kikao_hiki этой_сессии этого_сеанса данной_сессии цієї_сесії тази_сесия
        ову_сесију αυτη_τη_συνεδρια הזה_בלבד هذه_الجلسة این_جلسه این_نشست इस_सत्र
        এই_সেশন* இந்த_அமர்வ* เซสชันนี้ 本会话 本次会话 此会话 このセッション 이_세션
        이번_세션 aquesta_sessio""",
    "x_admin": """administrator* administrador* administrateur* amministrator*
        beheerder* admin root entwickler* developpeur* desarrollador* sviluppator*
        desenvolvedor* programador* ontwikkelaar* programist* vyvojar* dezvoltator*
        fejleszto* rendszergazda* utvecklar* utvikler* udvikler* kehittaja* yllapitaj*
        gelistirici* yonetici* nha_phat_trien quan_tri pengembang pembangun pentadbir
        msanidi msimamizi spravc* programer* ingenieur* ingeniero* ingegnere*
        desenvolupador* inzynier* администратор* разработчик* адміністратор* розробник*
        програмер* διαχειριστ* προγραμματιστ* مسؤول المسؤول المطور مطور المهندس مدير
        מנהל מפתח מהנדס مدیر توسعه_دهنده प्रशासक डेवलपर एडमिन প্রশাসক অ্যাডমিন ডেভেলপার
        நிர்வாகி* டெவலப்பர்* ผู้ดูแลระบบ แอดมิน ผู้พัฒนา ฝ่ายไอที 管理员 管理員 开发者 開發者
        开发人员 管理者 開発者 運営 관리자 개발자 운영팀 최고_권한 最高权限""",
    "x_config": """konfigur* configur* configuracion configuration configurazion*
        configuraca* configuratie* konfigurac* config konfig* yapilandirma* cau_hinh
        konfigurasi* tetapan usanidi конфигурац* настройк* конфігурац* налаштуван*
        διαμορφωσ* ρυθμισ* الإعدادات إعدادات* הגדרות ההגדרות تنظیمات कॉन्फ़िग* कॉन्फिग*
        কনফিগ* কনফিগারেশন* การตั้งค่า 配置 設定値 설정값 설정""",
}
"""Slot → words."""
