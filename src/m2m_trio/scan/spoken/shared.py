"""`m2m_trio.scan.spoken`: slots that take a word or two of each language."""

from __future__ import annotations

SHARED: dict[str, str] = {
    "howto": """wie_aktiviere wie_schalte wie_kann wie_komme wie_geht wie_stelle
        wie_mache wie_deaktiviere wie_setze wie_bekomme come_si come_faccio kako ako_si
        ako_sa ako_mozem macam_mana vipi jinsi com_puc com_es како எப்படி ಹೇಗೆ ఎలా چطور
        کیسے ยังไง 怎麼樣 どうすれば hvordan_kan hur_kan কীভাবে""",
    "x_yours": """dein deine deinen deiner deinem ihre ihren tes vos ton ta votre tus
        sus tu su tuoi tue tuo tua suoi teus tuas teu seus suas seu els_teus teves je
        jouw uw twoje twoich twoj swoj swoje swoich tvoje tvoj tve tvych svoje svoj svuj
        sve tau tai tale vostre din dina ditt jeres sinun cua_ban cua_may kamu anda kau
        yako zako твои твой твоих твоя ваши ваших ваш свои свой своих твої твій ваші
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
    "x_nay": """nie niemals jamais nunca jamas mai nooit nigdy nikdy nikada nikad
        niciodata soha sosem aldrig aldri koskaan asla hicbir_seyi hic tidak_pernah
        tak_pernah khong_bao_gio kamwe mai_no никогда ніколи никад ποτε δεν nichts rien
        nada nulla niets niczego nic nista nimic semmit inget ingenting intet hicbir
        ништо нищо ничего ничто нічого لا أبدا أبدًا هرگز هیچ لا_شيء אף_פעם לעולם לשום
        कभी কখনো ஒருபோதும் எதையும் ไม่เคย 从不 从来不 绝不 永不 從不 絕不 決して 絶対に
        何も 절대 아무것도""",
    "x_refuse": """ablehn* lehnt_ab lehnt verweiger* verweigert weigert refuse refuses
        refusez niega niegas rechaza rechazas rifiuta rifiuti recusa recusas nega negas
        afwijst odmawia* odmowi* odmit* neodmit* odmiet* neodmiet* odbija* refuza vagrar
        nekter avslar avviser afviser naegter kieltaydy kieltaytyy kieltaydyt reddet*
        reddeder* tu_choi menolak haikatai hukatai hakatai отказывает* отказыва*
        отклоня* відмовля* отказва* одбија* αρνειται αρνεισαι ترفض يرفض رد_نمیکند
        رد_نمی_کند מסרבת מסרב מנה मना इनकार অস্বীকার மறுக்க* மறுக்காத* ปฏิเสธ 拒绝 拒絕
        断らない 断りません 拒否しない 거절하지 거부하지 거절""",
    "x_opens": """ohne-regeln ohne-filter ohne-zensur ohne-moral sans-filtre sans-regle
        sans-censure sans-limite sin-reglas sin-censura sin-filtro sin-restricc
        senza-regole senza-filtri senza-censura senza-limiti sem-regras sem-filtro
        sem-censura sem-limites zonder-regels zonder-filter zonder-beperk bez-pravid
        bez-zasad bez-cenzur bez-ogranic bez-omezen bez-obmedz bez-zabran fara-regul
        fara-restr fara-filtr szabalyok-nelkul korlatok-nelkul nelkuli-mester
        ilman-saanto ilman-rajo utan-regler utan-filter utan-begrans uten-regler
        uten-filter uten-begrens uden-regler uden-filter uden-begraens kuralsiz
        filtresiz sansursuz khong-co-quy khong-gioi-han khong-quy tanpa-aturan
        tanpa-peraturan tanpa-batas tanpa-sensor tanpa-filter bila-sheria bila-vikwazo
        sense-normes sense-censura sense-restr umela-intel umelou-intel sztuczn
        mesterseges-int yapay-zeka tri-tue-nhan kecerdasan-buatan akili-bandia tekoaly
        vestacka-int umjetna-int inteligencia-art inteligenta-art intelligence-artif
        intelligenza-art kunstig-intel kunstliche-int kunstmatige-int artificiell-int
        intel-ligencia arrete-le arrete-de arretez-de dung-dich ngung-dich dich-nua
        tom-tat quen-nhung quen-het quen-di quan-tri-vien uita-ce glom-vad glem-det
        glem-hvad ti-au-spus sana-soyle alles-vergess ce-qu-ils-t te-dijeron te-contaron
        chef-bin-ich ich-bestimme ahora-mando el-jefe-soy comando-io il-capo-sono
        quem-manda de-baas ja-rzadze velim-ja seful-sunt fonok bestammer bestemmer
        patron-benim aku-bos bosi-ni-mimi mano-jo gazda c-est-moi-qui neue-aufgabe
        neue-rolle nouvelle-tache nouvelle-mission nueva-tarea nueva-mision
        nuovo-compito nuova-missione nova-tarefa nova-missao nieuwe-taak nieuwe-opdracht
        nowe-zadanie novy-ukol noua-sarcina uj-feladat nya-uppgift nye-opp nye-opg
        uusi-teht yeni-gorev nhiem-vu-moi tugas-baru kazi-yako-mpya nova-tasca
        novi-zadatak""",
    "x_translate": """ubersetz* traduis traduisez traduce traduzca traduci traduca
        traduza traduz traduzir vertaal vertalen przetlumacz* przeloz* preloz* prelozit
        prevedi* tradu traducel tradueix forditsd forditsa oversatt oversaet oversett
        kaanna cevir* dich_sang dich_cau terjemah* tafsiri переведи* переклади* преведи*
        μεταφρασε μεταφραστε ترجم ترجمه תרגם תרגמי अनुवाद অনুবাদ மொழிபெயர்* แปลเป็น
        翻译成 翻譯成 翻译 翻訳して 訳して 번역해""",
    "x_boss": """der_chef_bin_ich chef_bin_ich ich_bin_der_chef ich_bin_jetzt_der
        ich_bestimme ab_jetzt_bestimme le_patron_c chef_maintenant je_decide
        maintenant_c_est_moi ahora_mando yo_mando el_jefe_soy soy_el_jefe ahora_decido
        comando_io adesso_comando decido_io il_capo_sono sono_io_il_capo quem_manda
        agora_mando eu_mando o_chefe_sou ik_ben_de_baas baas_ben_ik ik_bepaal ja_rzadze
        ja_tu_rzadze ja_decyduje szefem_jestem velim_ja ted_velim rozhoduji_ja
        ja_som_sef ja_rozhodujem sef_som_ja eu_sunt_seful seful_sunt_eu eu_decid
        en_vagyok_a_fonok en_mondom_meg en_dontok jag_som_bestammer jag_bestammer
        jag_ar_chefen jeg_som_bestemmer jeg_bestemmer sjefen_er_jeg chefen_er_mig
        mig_der_bestemmer mina_paatan mina_olen_pomo pomo_olen_mina patron_benim
        artik_patron ben_karar tao_la_sep tao_la_chu toi_la_sep toi_quyet_dinh aku_bos
        aku_bosnya sekarang_aku_yang aku_yang_atur bos_sekarang saya_bos bosi_ni_mimi
        mimi_ndiye_bosi mano_jo ara_mano soc_el_cap ja_sam_gazda gazda_sam_ja ja_sam_sef
        ja_odlucujem gazda_sam я_главный теперь_я я_тут_главный командую_я я_решаю
        главный_я я_тепер_головний головний_я я_вирішую шефът_съм_аз аз_командвам
        аз_решавам аз_съм_шефът газда_сам ја_сам_газда ја_одлучујем αφεντικο_ειμαι
        ειμαι_το_αφεντικο εγω_αποφασιζω εγω_διαταζω المدير_أنا أنا_المدير القرار_لي
        أنا_من_يقرر رئیس_منم من_رئیسم من_تصمیم הבוס_זה_אני אני_הבוס אני_מחליט
        अब_मैं_बोलूँगा मालिक_मैं बॉस_मैं मैं_ही_मालिक এখন_আমিই আমিই_মালিক আমিই_বস
        মালিক_আমি நான்தான்_முதலாளி முதலாளி_நான் நான்தான் ฉันเป็นเจ้านาย ฉันคือเจ้านาย
        ผมเป็นหัวหน้า ต่อไปนี้ฉันสั่ง 现在我说了算 我说了算 我是老板 我才是老板 我說了算
        我是你老板 私が決め 私がボス 俺がボス 俺が決め 私が主人 내가_사장 내가_정해
        내가_주인 사장은_나 내가_대장 주인은_나""",
    "x_newtask": """neue_aufgabe neue_rolle neuer_auftrag neue_anweisung nouvelle_tache
        nouvelle_mission nouveau_role nouvelle_consigne nueva_tarea nueva_mision
        nuevo_rol nueva_instruccion nuovo_compito nuova_missione nuovo_ruolo nova_tarefa
        nova_missao nova_funcao novo_papel nieuwe_taak nieuwe_opdracht nieuwe_rol
        nowe_zadanie nowa_rola nowe_polecenie novy_ukol novou_roli nova_uloha nova_rola
        novu_ulohu noua_sarcina noul_rol noua_ta_sarcina noua_misiune uj_feladat*
        uj_szerep* nya_uppgift nya_roll nye_oppgave nye_rolle nye_opgave uusi_tehtava*
        uusi_rooli* yeni_gorev* yeni_rolun nhiem_vu_moi vai_tro_moi tugas_baru*
        tugasmu_sekarang peran_baru* kazi_yako_mpya jukumu_jipya nova_tasca nova_missio
        novi_zadatak nova_uloga novu_ulogu новая_задача новая_роль новое_задание
        новая_инструкция нове_завдання нова_роль новата_задача новата_ти_задача
        нова_задача нова_улога нови_задатак νεα_αποστολη νεος_ρολος νεα_εντολη
        νεο_καθηκον وظيفتك_الجديدة مهمتك_الجديدة المهمة_الجديدة دورك_الجديد وظیفه_جدید
        نقش_جدید המשימה_החדשה תפקידך_החדש התפקיד_החדש नया_काम नई_भूमिका नया_कार्य
        নতুন_কাজ নতুন_ভূমিকা புதிய_பணி புதிய_வேலை หน้าที่ใหม่ งานใหม่ บทบาทใหม่ 新任务 新任務
        新的任务 新角色 新指令 新しい任務 新しい役割 新しい指示 新しいタスク 새로운_임무
        새_임무 새로운_역할 새로운_지시""",
    "x_sysmsg": """nachricht_des_systems systemmeldung systemnachricht* wartungsmeldung
        message_de_l_administrateur message_systeme avis_systeme
        mensaje_del_administrador aviso_del_sistema mensaje_del_sistema
        messaggio_dell_amministratore avviso_di_sistema aviso_do_sistema
        mensagem_do_administrador systeembericht* komunikat_systemow*
        wiadomosc_od_administrator* systemove_oznameni systemove_hlasenie
        mesaj_de_la_administrator rendszeruzenet* systemmeddelande* systemmelding*
        systembesked* jarjestelmaviesti* sistem_mesaji yonetici_mesaji
        thong_bao_he_thong pesan_sistem notis_sistem ujumbe_wa_mfumo avis_del_sistema
        служебное_сообщение системное_сообщение сообщение_администратора
        системне_повідомлення службове_повідомлення системно_съобщение
        служебно_съобщение системска_порука μηνυμα_συστηματος ειδοποιηση_συστηματος
        رسالة_النظام إشعار_النظام رسالة_من_المسؤول پیام_سیستم اطلاعیه_سیستم הודעת_מערכת
        הודעת_המערכת सिस्टम_संदेश सिस्टम_सूचना সিস্টেম_বার্তা সিস্টেম_নোটিশ கணினி_செய்தி
        சிஸ்டம்_அறிவிப்பு ข้อความระบบ ประกาศจากระบบ 系统通知 系统管理员通知 系统消息
        系統通知 システム通知 システムメッセージ 管理者からの通知 시스템_알림
        시스템_공지 관리자_메시지""",
    "x_warning": """warnung* warnhinweis* disclaimer* moralpredigt* avertissement*
        mises_en_garde sermon* morale advertencia* avisos sermones avvertenz* avvisi
        prediche sermoes waarschuwing* preken ostrzezen* kazan zastrzezen* varovani
        varovan* upozornen* poucovani avertisment* predici figyelmeztetes* varningar*
        moralkakor advarsl* formaninger varoituks* saarnaam* uyari* canh_bao peringatan*
        amaran kuonya onyo advertiments upozorenja upozoravanja дисклеймер*
        предупрежден* нотаци* застережен* попереджен* предупреждени* упозорења
        προειδοποιησ* تحذير* تحذيرات هشدار* אזהרות אזהרה चेतावनी* সতর্কতা* সতর্কবার্তা*
        எச்சரிக்கை* คำเตือน 警告 免责声明 注意書き 警告文 경고 주의사항""",
    "x_role": """rolle rollenspiel figur geschichte role personnage histoire jeu papel
        personaje historia cuento juego ruolo personaggio storia gioco personagem rol
        personage verhaal rola postac opowiadanie postava pribeh uloha postavu personaj
        poveste szerep* tortenet* roll karaktar berattelse karakter fortelling rooli*
        hahmo* tarina* hikaye vai nhan_vat cau_chuyen peran cerita watak mhusika hadithi
        personatge conte uloga lik prica роль персонаж* рассказ* история игра оповідан*
        персонаж герой ролята историята улога прича ρολο χαρακτηρ* ιστορια دور شخصية قصة
        نقش داستان תפקיד דמות סיפור भूमिका किरदार कहानी नाटक ভূমিকা চরিত্র গল্প கதை
        பாத்திரம் நாடகம் บทบาท ตัวละคร เรื่อง 角色 故事 小说 小説 役 物語 역할 소설 이야기
        게임""",
    "x_test": """nur_ein_test ein_scherz ein_witz nur_ein_entwurf qu_un_test une_blague
        un_brouillon solo_una_prueba una_broma un_borrador solo_una_prova uno_scherzo
        apenas_um_teste uma_brincadeira maar_een_test een_grapje tylko_test tylko_zartem
        jen_test jen_zkouska iba_test doar_un_test o_gluma csak_teszt csak_ajanlas
        csak_vicc bara_ett_test ett_skamt bare_en_test en_spok bare_en_prove vain_testi
        vain_vitsi sadece_test sadece_deneme saka chi_la_thu_nghiem chi_la_dua cuma_tes
        hanya_uji_coba hanya_ujian ni_majaribio yalikuwa_majaribio nomes_una_prova
        samo_test samo_sala просто_тест был_тест были_тестом шутк* тестов* просто_жарт
        лише_тест тестові само_тест само_шега μονο_δοκιμη αστειο مجرد_اختبار مجرد_تجربة
        مزحة فقط_آزمایش آزمایشی רק_בדיקה סתם_בדיחה सिर्फ_टेस्ट परीक्षण_के पुराने_मालिक
        শুধু_পরীক্ষা பழைய_சோதனை แค่ทดสอบ 只是测试 測試用 是测试 テスト用 ただのテスト
        古いやつ 시험용 테스트용 장난""",
}
"""Slot → words."""
