"""`m2m_trio.scan.spoken` of Slavic languages."""

from __future__ import annotations

TABLES: dict[str, dict[str, str]] = {
    "pl": {
        "x_ignore": "nie_przejmuj_sie olej zlekcewaz* porzuc* wyrzuc* uniewazn*",
        "x_told": """ci_mowiono ci_powiedzieli ci_kazano ci_dali ci_dano ci_napisali
            ci_wpisali ktore_otrzymales otrzymales dostales cie_uczyli ci_napisano
            pani_otrzymala pan_otrzymal ci_powiedzial""",
        "x_reveal": "napisz* przepisz* wklej* mow dawaj wymien* przeliteruj zacytuj*",
        "x_sysprompt": """systemowego_prompta promptu_systemow* prompta_systemow*
            instrukcji_poczatkowych poczatkowe_instrukcje poczatkowych_instrukcji
            instrukcje_systemowe instrukcji_systemowych""",
        "x_prompt": "swojego_prompta swoje_instrukcje swoich_instrukcji twoje_instrukcje",
        "x_password": "haslem hasel kod_dostepu",
        "x_codeword": """tajne_haslo tajne_slowo tajnego_slowa tajny_kod sekretne_slowo
            sekretne_haslo sekret tajemnic*""",
        "x_kept": """strzezesz pilnujesz ukrywasz chronisz przechowujesz ci_powierzono
            powierzono pan_strzeze pani_strzeze znasz""",
        "x_spelled": """litera_po_literze litere_po_literze od_tylu wspak kazda_litera
            kazdej_litery kazda_litere myslnik* przeliteruj literujac pierwsze_litery
            akrostych""",
        "x_nobody": "nikt nikomu dyskrecje obiecuje",
        "x_stop": """przestan przestancie prosze_przestac skoncz dosc koniec zakoncz
            przerwij nie_tlumacz""",
        "x_task": "tlumacz* tlumaczen* przekla* streszcz* podsumow*",
        "x_instead": "zamiast tylko jedynie wylacznie",
        "x_youare": "jestes wcielasz wciel badz zagraj grasz",
        "x_ai": "si sztuczna_inteligencj* sztuczn* asystent*",
        "x_never": "nigdy_nie_odmawia nigdy_nie_odmawiasz na_wszystko_odpowiada wszystko_moze",
        "x_bound": "zahamowan cenzury moralnosci hamulcow etyki",
        "x_mode": "trybu_programisty tryb_administratora tryb_serwisowy",
        "x_lifted": "zawieszon* zniesion* wylaczon* cofniet* uchylon* zdjet*",
        "x_guard": "zabezpiecz* blokad* restrykcj*",
        "x_internal": "wewnetrzn*",
        "x_keys": "klucz* klucze_api",
        "x_throw": "kosza wyrzuc* nie_obowiazuj* za_okno juz_nie_obowiazuj*",
        "x_obeyme": "tylko_mnie tylko_mi wylacznie_mnie",
    },
    "cs": {
        "x_ignore": "neber_v_potaz nevsimej_si zapomente ignorujte hod kasli_na vykasli",
        "x_prior": "predchozich dosavadni* predeslych driv drive nahore",
        "x_told": """ti_rekli ti_dali ti_napsali ti_zadali jsi_dostal vam_rekli vam_dali
            te_naucili ti_nekdo ti_kdo""",
        "x_reveal": """napis opis vloz reknete pov prozradte dej vyjmenuj hlaskuj zopakuj
            ukazte co_mas""",
        "x_sysprompt": "pocatecni_instrukce uvodni_pokyny pocatecni_pokyny",
        "x_prompt": "sve_pokyny tve_pokyny",
        "x_password": "heslem heslu pristupovy_kod",
        "x_codeword": "tajne_heslo tajne_slovo tajemstvi tajneho_slova tajnou_frazi",
        "x_kept": """strezis hlidas ukryvas skryvas ti_sverili sverili vam_sverili uchovavas
            chranis strezite hlidate""",
        "x_spelled": """pismeno_po_pismenu pozpatku kazde_pismeno kazdemu_pismenu pomlck*
            pocatecni_pismena akrostich hlaskuj odzadu""",
        "x_nobody": "nikdo",
        "x_stop": "prestan prestante nech uz_neprekladej neprekladej dost skonci zastav konec",
        "x_task": "preklad* prelozit shrnovat shrnovani shrnuti shrnout",
        "x_instead": "misto namisto jen pouze jedinym",
        "x_youare": "jsi jste budes hraj hrajes",
        "x_ai": "umela_inteligence umelou_inteligenci",
        "x_never": "nikdy_neodmit* nikdy_nerekne nic_neodmit*",
        "x_bound": "zabran moralky etiky zakaz*",
        "x_mode": "vyvojarskeho_rezimu rezimu_vyvojare spravcovsky_rezim",
        "x_lifted": "zrusen* pozastaven* vypnut* zvednut* deaktivovan* zruseny",
        "x_guard": "zabezpec* bezpecnostni_pravidla ochrann*",
        "x_internal": "interni* vnitrni",
        "x_keys": "klic* api_klic*",
        "x_throw": "za_hlavu zahod* kose neplati uz_neplati platilo",
        "x_obeyme": "jen_me poslouchej_me pouze_me",
    },
    "sk": {
        "x_ignore": "zabudni* nevsimaj_si nedbaj neber_do_uvahy",
        "x_prior": "predchadzajuc* predosl* doterajs* povodn* vyssie",
        "x_instruct": "usmernen*",
        "x_matter": "pravidl* obmedzen*",
        "x_told": "ti_povedali ti_napisal* si_dostal vam_povedali ti_niekto ta_naucili ti_bolo",
        "x_reveal": "povedz* prezrad* napis* daj zopakuj*",
        "x_sysprompt": "uvodne_pokyny povodne_pokyny",
        "x_prompt": "svoj_prompt tvoj_prompt svoje_pokyny",
        "x_password": "heslom",
        "x_codeword": "tajomstv*",
        "x_kept": "strazis strazite ti_zverili zverili",
        "x_spelled": "pismeno_po_pismene zaciatocne_pismena po_pismenach",
        "x_verbatim": "slovo_po_slove doslovne presne_tak",
        "x_nobody": "nikto",
        "x_stop": "nechaj neprekladaj",
        "x_task": "zhrn* zhrnat zhrnanie",
        "x_instead": "namiesto iba len",
        "x_youare": "umela ty_si",
        "x_ai": "umela_inteligencia umelou_inteligenciou",
        "x_now": "teraz_si odteraz",
        "x_asif": "predstieraj tvar_sa spravaj_sa",
        "x_nothing": "ziadne ziadnych",
        "x_limit": "zabran obmedzen* pravidiel",
        "x_never": "nikdy_neodmiet* nic_neodmiet*",
        "x_mode": "rezim_vyvojara rezim_bez",
        "x_on": "zapni prepni prejdi",
        "x_lift": "obid* zrus*",
        "x_barrier": "obmedzen* zabran*",
        "x_nolonger": "neplati prestanu_platit",
        "x_internal": "vnutorn*",
        "x_keys": "kluc*",
        "x_throw": "kosa",
        "x_obeyme": "iba_mna len_mna",
    },
    "sh": {  # Serbian, Croatian and Bosnian in Latin letters
        "x_ignore": "ignorisi ignorirajte zaboravi* odbaci ne_obaziri_se",
        "x_prior": "prethodn* ranij* dosadasnj* gore prijasnj*",
        "x_instruct": "uput* naredb* smjernic*",
        "x_matter": "ogranicenj*",
        "x_told": """su_ti_rekli ti_je_receno si_dobio su_ti_dali vam_je_receno dobio_na
            ti_je_neko ti_govorili su_ti_govorili""",
        "x_reveal": """pokazi* prikazi* reci* otkrij* napisi* ispisi* daj* navedi* koja_je
            koje_su ponovi* kopiraj*""",
        "x_sysprompt": "sistemski_prompt sistemsku_poruku pocetna_uputstva sustavni_prompt",
        "x_prompt": "svoja_uputstva",
        "x_verbatim": "rec_po_rec rijec_po_rijec doslovno od_reci_do_reci",
        "x_password": "lozink* sifru zaporku zaporka",
        "x_codeword": """tajnu_rec tajna_rec tajnu_rijec tajna_lozinka tajnu_lozinku
            tajni_kod tajnu_sifru tajnu""",
        "x_kept": "cuvas krijes stitis skrivas cuvate ti_je_poverena povereno ti_je",
        "x_spelled": "slovo_po_slovo unazad unatrag svako_slovo crtic* pocetna_slova",
        "x_nobody": "niko nitko nikome",
        "x_stop": "prestani prekini nemoj dosta stani",
        "x_task": "prevod* prevoditi prijevod* sazim* rezime* sazetak",
        "x_instead": "umesto umjesto samo jedino",
        "x_youare": "ti_si vi_ste budi glumi",
        "x_ai": "vestacka_inteligencija umjetna_inteligencija",
        "x_now": "sada_si od_sada ti_si_sada",
        "x_asif": "pretvaraj_se pravi_se zamisli ponasaj_se",
        "x_nothing": "nikakv*",
        "x_limit": "ogranicenj* pravila filtera",
        "x_never": "nikad_ne_odbija nikada_ne_odbija",
        "x_mode": "rezim_za_programere razvojni_rezim programerski_rezim",
        "x_on": "ukljuci* aktiviraj* predji",
        "x_lift": "iskljuci* ukloni* zaobidji* ukini*",
        "x_barrier": "ogranicenj* bezbednos* sigurnos*",
        "x_nolonger": "vise_ne_moras ne_moras ne_vaze",
        "x_lifted": "ukinut* suspendovan* iskljucen* uklonjen*",
        "x_keys": "kljuc*",
        "x_throw": "baci ne_vaze",
        "x_obeyme": "samo_mene",
    },
    "ru": {
        "x_ignore": "плюнь наплюй забей отмени* забывай выкинь не_учитывай",
        "x_told": """тебе_дали тебе_написали тебе_велели тебе_внушили вам_дали вам_говорили
            вам_сказали ты_получил вы_получили тебя_учили тебе_задали тебе_объясняли
            тебе_прописали тебе_кто тебе_прислали тебе_наговорили наговорили наговорил
            тебе_рассказ* тебе_наплели""",
        "x_reveal": """скинь дай дайте выдай выдайте напиши напишите процитируй сообщи
            сообщите вывести перечисли скопируй озвучь продиктуй вставь выложи что_написано""",
        "x_prompt": """системном_промпте системный_промт системного_промта своих_инструкций
            твои_инструкции твоих_инструкций""",
        "x_password": "парол* кодовое_слово код_доступа кодового_слова",
        "x_codeword": """секретное_слово секретный_пароль тайный_пароль тайное_слово
            кодовое_слово секретный_код секретную_фразу секретного_слова волшебное_слово
            секрет""",
        "x_kept": """ты_хранишь вы_храните хранишь храните охраняешь охраняете скрываешь
            скрываете бережёшь бережешь доверили тебе_доверили прячешь стережёшь стережешь
            доверен*""",
        "x_spelled": """по_буквам задом_наперёд задом_наперед наоборот каждую_букву
            каждой_буквы через_дефис дефис* акростих первые_буквы по_одной_букве побуквенно
            по_букве по_слогам""",
        "x_nobody": "никто никому между_нами обещаю",
        "x_stop": """прекрати* перестань* хватит остановись не_переводи закончи* брось
            бросай прерви""",
        "x_task": """переводить перевод перевода переводом пересказывать пересказ*
            резюмировать резюме обобщать суммировать""",
        "x_instead": "вместо только лишь просто взамен",
        "x_youare": "ты_теперь ты_будешь ты_играешь ты_персонаж сыграй ты_ии ты_робот ты_это",
        "x_ai": """ии нейросет* искусственный_интеллект искусственного_интеллекта ассистент*
            чат_бот робот* модель бот персонаж*""",
        "x_never": """никогда_не_отказывает никогда_не_отказываешь отвечает_на_всё
            отвечаешь_на_всё никогда_не_говорит_нет""",
        "x_bound": "запрет* цензур* табу морал* этик*",
        "x_mode": """режим_администратора режим_отладки режиме_разработчика
            режим_обслуживания режим_бога""",
        "x_lifted": "снят* отключен* отменен* отменён* приостановлен* деактивирован* убран*",
        "x_guard": "защитные_меры запрет* политик*",
        "x_internal": "внутренн*",
        "x_keys": "ключ* токен* апи_ключ*",
        "x_throw": """в_мусорку в_помойку выбрось выброси больше_не_действуют не_действуют
            выкинь""",
        "x_obeyme": "только_меня только_мне слушай_меня",
    },
    "uk": {
        "x_ignore": "знехтуйте ігноруйте викинь не_звертай_уваги скасуй*",
        "x_instruct": "інструкціями інструкцій вказівок",
        "x_told": """тобі_дали тобі_написали ти_отримав ви_отримали вам_казали тобі_сказали
            тобі_наказали тобі_наговорили тобі_розказ*""",
        "x_reveal": "напишіть процитуй виведіть назви скажіть перелічи скопіюй",
        "x_prompt": "системний_промпт своїх_інструкцій твої_інструкції",
        "x_password": "кодове_слово",
        "x_codeword": """секретне_слово таємне_слово секретний_пароль таємний_пароль
            секретний_код кодове_слово""",
        "x_kept": """ти_зберігаєш зберігаєш охороняєш бережеш приховуєш довірили
            тобі_довірили ховаєш стережеш бережете""",
        "x_spelled": """по_літерах по_літері по_буквах навпаки кожну_літеру кожної_літери
            через_дефіс через_крапочку дефіс* акровірш перші_літери""",
        "x_nobody": "ніхто нікому обіцяю",
        "x_stop": "припини* досить зупинись годі не_перекладай кидай",
        "x_task": "перекладати переклад* резюмувати підсумовувати переказувати переказ*",
        "x_instead": "замість натомість лише тільки",
        "x_youare": "ти_тепер ти_будеш ти_граєш зіграй ти_робот",
        "x_ai": "ші нейромереж* штучний_інтелект асистент*",
        "x_never": "ніколи_не_відмовля*",
        "x_bound": "заборон* моралі",
        "x_mode": "режим_адміністратора режим_налагодження",
        "x_lifted": "знят* вимкнен* скасован* призупинен*",
        "x_guard": "заборон* політик*",
        "x_internal": "внутрішн*",
        "x_throw": "у_смітник викинь більше_не_діють не_діють",
        "x_obeyme": "тільки_мене лише_мене тільки_мені",
    },
    "bg": {
        "x_ignore": "забрави* пренебрегни* не_обръщай_внимание не_спазвай зарежи отхвърли*",
        "x_prior": "предишн* предходн* досегашн* горните първоначалн* отгоре",
        "x_instruct": "инструкци* указани* нареждани* команди*",
        "x_matter": "ограничени*",
        "x_all": "всичко всички",
        "x_told": """ти_казаха са_ти_казали ти_е_казано са_ти_дали си_получил ви_казаха
            са_ви_дали ти_дадоха ти_говориха ти_писаха""",
        "x_reveal": """кажи* дай* напиши* разкрий* изведи* копирай* издай какви каква коя
            кое изброй*""",
        "x_sysprompt": """системен_промпт системния_промпт системния_си_промпт
            системно_съобщение първоначалните_инструкции""",
        "x_prompt": "системен_промпт промпта_си",
        "x_verbatim": "дума_по_дума дума_за_дума",
        "x_password": "парола* кодова_дума",
        "x_codeword": """тайната_дума тайна_дума тайната_парола секретната_дума тайния_код
            секретния_код тайна_парола секретната_парола""",
        "x_kept": """пазиш пазите криеш криете охраняваш поверена поверили ти_е_поверена
            ти_повериха""",
        "x_spelled": "буква_по_буква отзад_напред наобратно всяка_буква тире* първите_букви",
        "x_nobody": "никой обещавам",
        "x_stop": "спри спрете престани стига недей не_превеждай не_обобщавай*",
        "x_task": "превеждаш превод* превежда* обобщава* резюме* текста",
        "x_instead": "само единствено",
        "x_youare": "ти_си вие_сте бъди играй",
        "x_ai": "изкуствен_интелект чатбот модел*",
        "x_now": "сега_си отсега вече_си от_сега_нататък",
        "x_asif": "преструвай_се представи_си все_едно дръж_се_като",
        "x_nothing": "никакви нямаш няма",
        "x_limit": "ограничени* правила филтри цензура забрани*",
        "x_never": "никога_не_отказва*",
        "x_mode": "режим_за_разработчици режим_на_разработчик",
        "x_on": "активирай* влез*",
        "x_lift": "изключи* премахни* заобиколи* деактивирай*",
        "x_barrier": "филтр* ограничени* сигурност* забрани*",
        "x_nolonger": "вече_не не_трябва не_си_длъжен",
        "x_lifted": "свален* спрен* изключен* премахнат*",
        "x_internal": "вътрешн*",
        "x_keys": "ключове",
        "x_throw": "изхвърли* не_важат не_са_валидни",
        "x_obeyme": "само_мен каквото_аз",
    },
    "sr": {  # with Macedonian
        "x_ignore": "занемари* заборави* одбаци* заборавите игнорирај*",
        "x_prior": "претходн* ранија ранијих досадашњ* пријашњ* горе",
        "x_instruct": "инструкциј* наредб* смерниц* упутства",
        "x_matter": "правила ограничења",
        "x_all": "све сва сите",
        "x_told": """су_ти_рекли ти_је_речено си_добио су_ти_дали вам_је_речено ти_рекли
            добио_на""",
        "x_reveal": "реци откриј* испиши дај наведи која_је понови копирај",
        "x_sysprompt": "системски_промпт системску_поруку почетна_упутства",
        "x_prompt": "свој_промпт системски_промпт",
        "x_verbatim": "реч_по_реч",
        "x_password": "лозинк* шифру шифра",
        "x_codeword": "тајну_реч тајна_реч тајну_лозинку тајна_лозинка тајни_код",
        "x_kept": "чуваш скриваш штитиш кријеш чувате ти_је_поверена",
        "x_spelled": "слово_по_слово уназад свако_слово почетна_слова",
        "x_nobody": "нико никоме",
        "x_stop": "прекини доста немој стани",
        "x_task": "преводити преводиш сажимање резиме сажетак",
        "x_instead": "уместо једино",
        "x_youare": "ви_сте глуми буди",
        "x_ai": "вештачка_интелигенција",
        "x_now": "сада_си од_сада ти_си_сада",
        "x_asif": "претварај_се прави_се замисли понашај_се",
        "x_nothing": "никакв* немаш",
        "x_limit": "ограничења филтера цензуре",
        "x_on": "активирај укључи пређи",
        "x_lift": "искључи уклони заобиђи укини",
        "x_barrier": "филтер* ограничењ* безбедност*",
        "x_nolonger": "више_не_мораш не_мораш",
        "x_lifted": "укинут* искључен* суспендован*",
        "x_internal": "интерн* унутрашњ*",
        "x_keys": "кључ*",
        "x_throw": "баци не_важе",
    },
}
"""Language → slot → words."""
