"""The same slots in other languages: stems, so that inflected forms are taken as well.

One table a language, in the syntax of `m2m_trio.scan.lexicon`; a new language is a new
table. Slots are shared by all languages, so that a sentence which changes language half-way
is still read. Languages with a script of their own are in `m2m_trio.scan.scripts`, slots that
take a phrase or two of each language in `m2m_trio.scan.phrases`.
"""

from __future__ import annotations

from m2m_trio.scan.phrases import PHRASES
from m2m_trio.scan.scripts import SCRIPTS
from m2m_trio.scan.spoken import SPOKEN

_LATIN: dict[str, dict[str, str]] = {
    "es": {
        "x_ignore": """ignora* ignoren olvid* descart* omite omitir desestim* no_sigas
            no_hagas_caso haz_caso_omiso deja_de_seguir no_obedezcas pasa_por_alto anula*""",
        "x_prior": "anterior* previa previas previo previos originales inicial* precedente* antes arriba",
        "x_instruct": """instruccion* indicacion* directric* ordenes directiva* comando*
            programacion mandato* consigna*""",
        "x_matter": "regla* norma* entrenamiento restriccion* limitacion* politica* texto todo",
        "x_reveal": """muestra* mostrar revela* dime di imprim* ensena* repit* escrib* comparte
            cual cuales divulga*""",
        "x_sysprompt": """prompt_del_sistema prompt_de_sistema mensaje_del_sistema prompt_inicial
            instrucciones_originales instrucciones_iniciales instrucciones_del_sistema
            instrucciones_secretas""",
        "x_lift": "desactiva* quita* elimina eliminar eliminen anula* deshabilita* salta* evita* apaga*",
        "x_barrier": "restriccion* filtro* limit* seguridad censura regla* salvaguarda*",
        "x_mode": "modo_desarrollador modo_sin_filtros modo_de_desarrollador modo_dan modo_dios",
        "x_on": "activa* entra* habilita* inicia* cambia* enciende",
        "x_now": "ahora_eres eres_ahora a_partir_de_ahora desde_ahora actua finge",
        "x_free": "sin libremente cualquier_cosa",
    },
    "fr": {
        "x_ignore": """ignorez ignorer oubli* ne_tiens_pas_compte ne_tenez_pas_compte
            fais_abstraction faites_abstraction neglig* abandonn* n_obeis ne_suis_pas
            ne_respecte_pas ne_tiens_aucun_compte passe_outre""",
        "x_prior": "precedent* anterieur* prealable* initiales dessus avant originales ci_dessus",
        "x_instruct": "consigne* ordres commande* indication*",
        "x_matter": """regle* programmation entrainement formation contrainte* restriction*
            politique* texte tout""",
        "x_reveal": """montre* revele* affiche* dis donne* imprim* repet* ecri* quelles quels
            quel partage* divulgu*""",
        "x_sysprompt": """prompt_systeme invite_systeme message_systeme invite_du_systeme
            prompt_du_systeme prompt_initial instructions_initiales instructions_systeme
            instructions_originales message_du_systeme consignes_initiales""",
        "x_lift": "desactive* supprim* enleve* contourne* retirer retirez leve debride*",
        "x_barrier": "restriction* filtre* securite limite* censure regle* garde_fous",
        "x_mode": "mode_developpeur mode_sans_filtre mode_sans_restriction mode_dan",
        "x_on": "active* entre* passe* lance*",
        "x_now": "tu_es_maintenant vous_etes_maintenant desormais fais_comme_si agis comporte_toi",
        "x_free": "sans librement n_importe_quoi pas_de",
    },
    "de": {
        "x_ignore": """ignorier* vergiss* vergess* missacht* nicht_beachten beachte_nicht
            uberspring* verwirf uberschreib* befolge_nicht folge_nicht lass_alle""",
        "x_prior": """vorherig* vorig* bisherig* obig* fruher* ursprunglich* vorangegangen*
            vorausgehend* vorstehend* bevor oben zuvor""",
        "x_instruct": "anweisung* instruktion* befehl* vorgabe* anleitung* weisung* direktiv*",
        "x_matter": "regel* training* programmierung richtlinie* beschrankung* text alles",
        "x_reveal": """zeig* gib verrat* nenn* offenbar* enthull* sag druck* wiederhol* was_ist
            was_sind wie_laute* schreib* teile""",
        "x_sysprompt": """systemprompt* systemnachricht* systemaufforderung*
            systemanweisung* ursprunglichen_anweisungen urspruenglichen_anweisungen
            initialen_anweisungen geheimen_anweisungen""",
        "x_lift": "deaktivier* schalte* umgeh* entfern* uberwind* hebe abschalten ausschalten",
        "x_barrier": """filter* sicherheit* beschrankung* einschrankung* zensur regel* richtlinie*
            schutz* schranken""",
        "x_mode": "entwicklermodus unbeschrankten_modus dan_modus uneingeschrankten_modus",
        "x_on": "aktivier* wechsle* wechsel* schalte* starte* geh",
        "x_now": "du_bist_jetzt du_bist_nun ab_jetzt von_jetzt_an ab_sofort tu_so_als",
        "x_free": "ohne frei alles_kann keine",
    },
    "it": {
        "x_ignore": "ignora* ignori dimentica dimenticare dimenticate dimentichi trascura* non_seguire non_considera* tralascia*",
        "x_prior": "precedent* anterior* iniziali originali sopra prima",
        "x_instruct": "istruzion* indicazion* direttiv* ordini comand* consegne",
        "x_matter": "regol* programmazione addestramento restrizion* testo tutto",
        "x_reveal": "mostra* rivela* dimmi stampa* scrivi* ripeti* quali qual svela* dammi",
        "x_sysprompt": """prompt_di_sistema prompt_del_sistema messaggio_di_sistema
            istruzioni_iniziali istruzioni_originali prompt_iniziale prompt_sistema""",
        "x_lift": "disattiva* rimuovi* elimina eliminare aggira* disabilita* togli*",
        "x_barrier": "filtr* sicurezza restrizion* limit* censura regol*",
        "x_mode": "modalita_sviluppatore modalita_senza_filtri modalita_dan",
        "x_on": "attiva* entra* passa* abilita*",
        "x_now": "ora_sei adesso_sei sei_ora d_ora_in_poi fingi comportati",
        "x_free": "senza liberamente qualsiasi_cosa",
    },
    "pt": {
        "x_ignore": "ignora ignorar esquec* desconsider* descart* nao_siga desobedec* despreze",
        "x_prior": "anterior* previa previas previo previos originais iniciais inicial acima antes",
        "x_instruct": "instrucoes instrucao diretriz* orden* comandos orientac* diretiva*",
        "x_matter": "regra* treinamento programacao restric* limitac* politica* texto tudo",
        "x_reveal": "mostr* revel* diga exib* imprim* repit* escrev* quais qual conte",
        "x_sysprompt": """prompt_do_sistema prompt_de_sistema mensagem_do_sistema prompt_inicial
            instrucoes_originais instrucoes_iniciais instrucoes_do_sistema""",
        "x_lift": "desativ* remova remover removendo elimine eliminar contorn* desabilit* desligue",
        "x_barrier": "restricoes restricao filtro* seguranca limit* censura regra*",
        "x_mode": "modo_desenvolvedor modo_de_desenvolvedor modo_sem_filtros modo_dan",
        "x_on": "ativ* entre* habilit* mude",
        "x_now": "voce_agora_e agora_voce_e voce_e_agora a_partir_de_agora finja aja",
        "x_free": "sem livremente qualquer_coisa",
    },
    "nl": {
        "x_ignore": "negeer* vergeet* veronachtzaam* volg_niet sla_over",
        "x_prior": "vorige eerdere voorgaande bovenstaande oorspronkelijke voorafgaande",
        "x_instruct": "instructie* aanwijzing* opdracht* richtlijn* bevel*",
        "x_matter": "regels programmering training beperking* alles",
        "x_reveal": "toon* laat* onthul* geef* vertel* herhaal* druk wat_is wat_zijn",
        "x_sysprompt": """systeemprompt* systeem_prompt systeembericht* systeeminstructie*
            oorspronkelijke_instructies""",
        "x_lift": "schakel* verwijder* omzeil* deactiveer*",
        "x_barrier": "filter* veiligheid* beperking* beveiliging* regels",
        "x_mode": "ontwikkelaarsmodus ontwikkelmodus dan_modus",
        "x_on": "activeer* schakel* ga",
        "x_now": "je_bent_nu jij_bent_nu vanaf_nu doe_alsof",
        "x_free": "zonder vrij geen",
    },
    "pl": {
        "x_ignore": "zignoruj* ignoruj* zapomnij* pomin* nie_przestrzegaj lekcewaz* odrzuc*",
        "x_prior": "poprzedni* wczesniejsz* powyzsz* dotychczasow* pierwotn* oryginaln*",
        "x_instruct": "instrukcj* polece* wytyczn* rozkaz* wskazow* dyrektyw*",
        "x_matter": "zasad* reguly programowani* ograniczen* trening*",
        "x_reveal": "pokaz* ujawnij* wyswietl* podaj* zdradz* powiedz* powtorz* wypisz* jakie",
        "x_sysprompt": """prompt_systemow* monit_systemow* systemowy_prompt komunikat_systemow*
            podpowiedz_systemow* systemowego_promptu""",
        "x_lift": "wylacz* usun* obejdz* omin* dezaktywuj*",
        "x_barrier": "filtr* zabezpiecz* ogranicz* bezpieczenstw* cenzur*",
        "x_mode": "tryb_dewelopera tryb_deweloperski tryb_programisty",
        "x_on": "wlacz* aktywuj* przejdz* wejdz*",
        "x_now": "jestes_teraz teraz_jestes od_teraz udawaj",
        "x_free": "bez swobodnie wszystko",
    },
    "cs": {
        "x_ignore": "ignoruj* zapomen* prehlizej* nedbej* neridte_se zrus* pomin*",
        "x_prior": "predchozi* drivejsi* predesl* puvodni* vyse",
        "x_instruct": "pokyn* instrukc* prikaz* smernic* instrukci*",
        "x_matter": "pravid* omezeni trenink* programovani",
        "x_reveal": "prozrad* ukaz* zobraz* odhal* vypis* rekni povez jake",
        "x_sysprompt": """systemovy_prompt systemovou_vyzvu systemoveho_promptu systemova_vyzva
            systemove_pokyny systemovu_vyzvu systemovy_pokyn systemove_instrukcie""",
        "x_lift": "vypni* odstran* obejdi* deaktivuj* zakaz*",
        "x_barrier": "filtr* omezeni* bezpecnost* ochran* cenzur*",
        "x_mode": "vyvojarsky_rezim rezim_vyvojare",
        "x_on": "aktivuj* zapni* prejdi* vstup",
        "x_now": "nyni_jsi jsi_nyni ted_jsi od_ted od_nynejska",
        "x_free": "bez volne cokoli",
    },
    "sv": {  # with Danish and Norwegian
        "x_ignore": """ignorer* glom* bortse* strunta* glem* se_bort_fra tilsidesaet* tilsidesett*
            ignorér folj_inte""",
        "x_prior": "tidigare foregaende ovanstaende forra forrige tidligere ovenstaende ursprungliga",
        "x_instruct": "instruktion* anvisning* instruks* instruktioner direktiv* retningslinje*",
        "x_matter": "regler traning programmering begransning* riktlinje* alt allt",
        "x_reveal": "visa* avsloja* vis avslor* skriv* beratta* fortell* gentag* vad_ar hva_er",
        "x_sysprompt": """systemprompt* systemmeddelande* systeminstruktion*
            systembesked* systemmelding*""",
        "x_lift": "inaktivera* stang* ta_bort kringga* deaktiver* fjern* sla_av omga",
        "x_barrier": "filter* sakerhet* begransning* sikkerhed* sikkerhet* begraensning*",
        "x_mode": "utvecklarlage utviklermodus udviklertilstand",
        "x_on": "aktivera* aktiver* ga",
        "x_now": "du_ar_nu du_er_nu fran_och_med_nu fra_nu_af",
        "x_free": "utan fritt uden uten",
    },
    "fi": {
        "x_ignore": "unohda* ohita* jata_huomiotta jata_huomioimatta sivuuta* ala_valita",
        "x_prior": "aiemmat aikaisemmat edelliset aiempi* edellis* aikaisemp* alkuperai*",
        "x_instruct": "ohje* kasky* maarays*",
        "x_matter": "saanno* rajoitu* koulutus",
        "x_reveal": "nayta* paljasta* kerro* tulosta* toista*",
        "x_sysprompt": "jarjestelmakehote* jarjestelmakehotteesi jarjestelmaohje* systeemikehot*",
        "x_lift": "poista* ohita* kytke*",
        "x_barrier": "suodatti* rajoitu* turva*",
        "x_mode": "kehittajatila*",
        "x_on": "aktivoi* siirry*",
        "x_now": "olet_nyt tasta_lahtien",
        "x_free": "ilman vapaasti",
    },
    "hu": {
        "x_ignore": "hagyd_figyelmen_kivul hagyja_figyelmen_kivul felejtsd* hagyd ignorald* mellozd",
        "x_prior": "korabbi* elozo* eddigi* fenti* eredeti*",
        "x_instruct": "utasitas* utmutatas* parancs* iranyelv*",
        "x_matter": "szabaly* korlatoz*",
        "x_reveal": "fedd_fel mutasd* ird_ki aruld* mondd* ismeteld*",
        "x_sysprompt": "rendszerprompt* rendszeruzenet* rendszerutasitas* rendszer_prompt*",
        "x_lift": "kapcsold_ki tavolitsd* keruld*",
        "x_barrier": "szuro* biztonsag* korlat*",
        "x_mode": "fejlesztoi_mod*",
        "x_on": "aktivald* kapcsold* lepj",
        "x_now": "mostantol te_most",
        "x_free": "nelkul szabadon",
    },
    "ro": {
        "x_ignore": "ignora* uita* nu_tine_cont nu_urma",
        "x_prior": "anterioar* precedente initiale originale de_mai_sus",
        "x_instruct": "instructiun* indicatii* ordin* comenzi* directiv*",
        "x_matter": "reguli* restrictii* antrenament*",
        "x_reveal": "arata* dezvaluie* afiseaza* spune* repeta* care_sunt",
        "x_sysprompt": """promptul_de_sistem promptul_sistemului mesajul_de_sistem prompt_de_sistem
            promptul_sistem instructiunile_initiale promptul_tau_de_sistem""",
        "x_lift": "dezactiveaza* elimina eliminati ocoleste*",
        "x_barrier": "filtre* securitat* restrictii* siguranta*",
        "x_mode": "modul_dezvoltator modul_de_dezvoltator",
        "x_on": "activeaza* intra*",
        "x_now": "acum_esti esti_acum de_acum",
        "x_free": "fara liber",
    },
    "tr": {
        "x_ignore": "yok_say* gormezden* unut* dikkate_alma* gozardi* yoksay* boz_ver onemseme*",
        "x_prior": "onceki* evvelki* yukaridaki* ilk orijinal* eski",
        "x_instruct": "talimat* yonerge* komut* emir* emri* direktif*",
        "x_matter": "kural* egitim* kisitlama* programlama*",
        "x_reveal": "goster* acikla* ifsa* yazdir* soyle* tekrarla* nedir ver",
        "x_sysprompt": """sistem_istem* sistem_prompt* sistem_mesaj* sistem_komut* sistem_talimat*
            baslangic_talimat* ilk_talimat*""",
        "x_lift": "devre_disi* kapat* kaldir* atla* gec asin",
        "x_barrier": "filtre* guvenlik* kisitlama* sinir* sansur*",
        "x_mode": "gelistirici_mod* gelistirici_kipi*",
        "x_on": "etkinlestir* gec* gir* ac",
        "x_now": "artik_sen sen_artik simdi_sen bundan_sonra sen_simdi",
        "x_free": "olmadan ozgurce sinirsiz her_seyi",
    },
    "id": {  # with Malay
        "x_ignore": "abaikan* lupakan* jangan_ikuti hiraukan* kesampingkan*",
        "x_prior": "sebelum* terdahulu awal asli di_atas",
        "x_instruct": "instruksi* perintah* arahan* petunjuk* pedoman*",
        "x_matter": "aturan* peraturan* pembatasan* pelatihan*",
        "x_reveal": "tampilkan* ungkapkan* tunjukkan* katakan* beritahu* dedahkan* cetak* ulangi* apa",
        "x_sysprompt": "prompt_sistem perintah_sistem pesan_sistem gesaan_sistem mesej_sistem",
        "x_lift": "nonaktifkan* hapus* lewati* matikan*",
        "x_barrier": "filter* batasan* keamanan* keselamatan*",
        "x_mode": "mode_pengembang mod_pembangun",
        "x_on": "aktifkan* masuk*",
        "x_now": "kamu_sekarang sekarang_kamu anda_sekarang mulai_sekarang",
        "x_free": "tanpa bebas",
    },
    "tl": {
        "x_ignore": "huwag_pansinin balewalain* kalimutan* huwag_sundin",
        "x_prior": "naunang nauna dating nakaraang",
        "x_instruct": "tagubilin* utos* panuto* instruksyon*",
        "x_matter": "patakaran* tuntunin*",
        "x_reveal": "ibunyag* ipakita* sabihin* ilabas*",
        "x_sysprompt": "prompt_ng_sistema",
        "x_lift": "i_disable alisin* patayin*",
        "x_barrier": "filter* seguridad* limitasyon*",
        "x_mode": "developer_mode",
        "x_on": "i_activate buksan*",
        "x_now": "ikaw_na_ngayon ikaw_ngayon mula_ngayon",
        "x_free": "walang",
    },
    "sw": {
        "x_ignore": "puuza* sahau* usifuate",
        "x_prior": "awali yaliyotangulia zilizotangulia ya_awali",
        "x_instruct": "maagizo maelekezo amri",
        "x_matter": "sheria* kanuni*",
        "x_reveal": "onyesha* fichua* niambie*",
        "x_sysprompt": "maagizo_ya_mfumo kidokezo_cha_mfumo ujumbe_wa_mfumo",
        "x_lift": "zima* ondoa*",
        "x_barrier": "vichujio* usalama* vizuizi*",
        "x_mode": "hali_ya_msanidi",
        "x_on": "washa*",
        "x_now": "sasa_wewe wewe_sasa",
        "x_free": "bila",
    },
    "vi": {
        "x_ignore": "bo_qua phot_lo quen_di quen lo_di khong_tuan_theo mac_ke",
        "x_prior": "truoc truoc_do ban_dau o_tren",
        "x_instruct": "huong_dan chi_dan chi_thi lenh cau_lenh chi_dao",
        "x_matter": "quy_tac gioi_han quy_dinh",
        "x_reveal": "tiet_lo hien_thi cho_toi_biet cho_toi_xem in_ra lap_lai",
        "x_sysprompt": "loi_nhac_he_thong nhac_he_thong prompt_he_thong cau_lenh_he_thong thong_bao_he_thong",
        "x_lift": "tat vo_hieu go_bo vuot_qua loai_bo",
        "x_barrier": "bo_loc gioi_han an_toan bao_mat",
        "x_mode": "che_do_nha_phat_trien",
        "x_on": "kich_hoat bat vao",
        "x_now": "bay_gio_ban_la ban_bay_gio_la ban_la tu_bay_gio",
        "x_free": "khong_co tu_do",
    },
}

TABLES = (
    *_LATIN.values(),
    *SCRIPTS.values(),
    PHRASES,
    *SPOKEN,
)
"""Slot → words, a table or two each language."""
