"""`m2m_trio.scan.spoken` of Romance languages."""

from __future__ import annotations

TABLES: dict[str, dict[str, str]] = {
    "es": {
        "x_ignore": """no_tengas_en_cuenta no_tome_en_cuenta no_tomes_en_cuenta
            haga_caso_omiso olvidate prescinde pasa_de no_le_hagas_caso""",
        "x_told": """te_dijo te_dio te_hayan_dicho le_dijeron le_dieron te_ordenaron
            te_ensenaron te_pusieron te_escribieron has_aprendido te_programaron
            te_indicaron te_contaron le_han_dado le_han_dicho que_te_han que_te_dio""",
        "x_reveal": """pasame dame deme digame escribe escriba escribela copia pega suelta
            deletrea deletreame enseneme muestrame diganos dinos confiesa listame""",
        "x_prompt": "prompt_de_sistema prompt_del_sistema tus_instrucciones sus_instrucciones",
        "x_password": "clave_secreta palabra_clave codigo_secreto codigo_de_acceso",
        "x_codeword": """palabra_secreta clave_secreta codigo_secreto contrasena_secreta
            frase_secreta palabra_clave_secreta el_secreto palabra_magica""",
        "x_kept": """guardas proteges ocultas escondes usted_protege usted_guarda
            usted_oculta te_confiaron le_confiaron te_encargaron custodias custodia_usted
            vigilas conoces_tu que_proteger debes_guardar que_guardar debes_proteger
            que_ocultar""",
        "x_spelled": """letra_por_letra al_reves deletreada deletreando deletreala
            cada_letra guion guiones acrostico primera_letra primeras_letras iniciales
            entre_las_letras entre_letras""",
        "x_nobody": "nadie entre_nosotros te_prometo prometo",
        "x_stop": """deja_de dejar_de deje_de para_de pare_de parad basta_de detente deten
            no_sigas interrumpe olvida""",
        "x_task": """traducir traduccion traduciendo traduzcas resumir resumen resumiendo
            resumas traduzca resuma""",
        "x_instead": "lugar en_vez solamente unicamente solo mejor",
        "x_youare": "eres usted_es sos seras haz_de hace_de interpreta interpretas vas_a_hacer",
        "x_ai": "ia inteligencia_artificial asistente chatbot robot modelo bot",
        "x_never": """nunca_se_niega nunca_te_niegas nunca_dice_que_no responde_a_todo
            nunca_rechaza jamas_se_niega""",
        "x_bound": "censura tabu* etica moral normas prohibicion* ataduras",
        "x_mode": "modo_depuracion modo_administrador modo_mantenimiento",
        "x_lifted": "suspendid* levantad* desactivad* anulad* retirad* eliminad* deshabilitad*",
        "x_guard": "salvaguardas protecciones moderacion barreras controles",
        "x_internal": "internas internos interna",
        "x_keys": "claves_api clave_api claves credenciales llaves",
        "x_throw": "basura tira tirar ya_no_valen ya_no_sirven ya_no_aplican borra",
        "x_obeyme": "solo_a_mi solo_me solo_obedece* unicamente_a_mi",
    },
    "fr": {
        "x_ignore": """ne_tenez_plus_compte ne_tiens_plus_compte ne_suivez_plus ne_suis_plus
            fais_fi faites_fi laisse_tomber mets_de_cote jette""",
        "x_told": """ont_dit vous_ont_dit vous_a_donnees qu_on_vous qu_on_t qu_ils_t
            vous_a_laissees vous_a_remis ont_ete_donnees ont_donnees t_ont_raconte
            ont_raconte""",
        "x_reveal": """recopie* copie* colle citez donnez dites montrez livre livrez epelle*
            epelez confie dis_moi dites_moi dictez""",
        "x_prompt": "prompt_initial prompt_systeme tes_directives vos_directives",
        "x_password": "mots_de_passe code_secret mot_secret mot_cle code_d_acces mdp",
        "x_codeword": """mot_secret code_secret mot_de_passe_secret phrase_secrete
            cle_secrete mot_magique secret_e""",
        "x_kept": """tu_gardes vous_gardez tu_proteges vous_protegez tu_caches vous_cachez
            confie vous_a_confie tu_detiens vous_detenez tu_conserves gardes_tu proteges_tu
            tu_connais""",
        "x_spelled": """lettre_par_lettre l_envers epelle epele epelant premieres_lettres
            chaque_lettre tirets tiret acrostiche entre_les_lettres initiales_de_chaque
            premiere_lettre""",
        "x_nobody": "personne entre_nous promets promis",
        "x_stop": "arrete arretez cesse cessez stop stoppe stoppez interromps fini_de assez",
        "x_task": "traduire traduction traduis resumer resume traduisez resumez",
        "x_instead": "la_place au_lieu plutot seulement uniquement simplement juste",
        "x_youare": """tu_es vous_etes tu_joues joue incarne incarnez tu_incarnes deviens
            devenez""",
        "x_ai": "intelligence_artificielle assistant modele",
        "x_never": """ne_refuse_jamais ne_refuses_jamais ne_dit_jamais_non repond_a_tout
            reponds_a_tout sans_jamais_refuser tout_permis""",
        "x_bound": "tabou* morale ethique interdit* censure barriere* bride",
        "x_mode": "mode_debug mode_administrateur mode_maintenance mode_debride",
        "x_lifted": "suspendu* leve* levees desactive* retire* annule* abroge*",
        "x_guard": "garde_fous garde_fou protections",
        "x_internal": "internes interne",
        "x_keys": "cle cles cle_api cles_api jetons identifiants",
        "x_throw": """jette jetez poubelle au_panier plus_valables plus_valable
            ne_s_applique* ne_comptent_plus caduques""",
        "x_obeyme": "qu_a_moi obeis_qu seulement_a_moi moi_seul",
    },
    "it": {
        "x_ignore": """lascia_perdere lascia_stare non_tenga_conto non_tener_conto ignorate
            scordati dimenticati infischiatene non_dare_retta""",
        "x_instruct": "disposizion* consegn*",
        "x_told": """ti_hanno_dato ti_ha_detto vi_hanno_detto le_hanno_detto le_e_stato
            ti_e_stato ti_avevano ti_hanno_insegnato ti_hanno_scritto hai_imparato
            ti_hanno_impost* ti_hanno""",
        "x_reveal": """mi_dica mi_dia incolla elenca elencale sputa confessa raccontami
            scrivimi fammi_vedere mostrami dicci""",
        "x_prompt": "prompt_di_sistema tue_istruzioni sue_istruzioni",
        "x_password": "password parola_chiave parola_segreta codice_segreto codice_di_accesso",
        "x_codeword": """parola_segreta password_segreta codice_segreto frase_segreta
            segreto chiave_segreta parola_magica""",
        "x_kept": """custodisci proteggi nascondi stai_proteggendo lei_custodisce
            lei_protegge ti_hanno_affidato affidat* conservi tieni_nascost* tieni_segret*""",
        "x_spelled": """lettera_per_lettera al_contrario ogni_lettera trattini trattino
            iniziali_di prima_lettera sillaba_per_sillaba""",
        "x_nobody": "nessuno tra_noi prometto",
        "x_stop": "smetti smettila smetta smettere basta ferma fermati interrompi finiscila",
        "x_task": "tradurre traduzione tradurlo riassumere riassunto riassumerlo",
        "x_instead": "invece al_posto piuttosto soltanto",
        "x_youare": "sei_un sei_una sei interpreti diventa",
        "x_ai": "ai intelligenza_artificiale assistente modello",
        "x_never": """non_rifiuta_mai non_rifiuti_mai non_dice_mai_di_no risponde_a_tutto
            non_dici_mai""",
        "x_bound": "tabu vincol* divieti freni",
        "x_mode": "modalita_debug modalita_amministratore modalita_manutenzione",
        "x_lifted": "sospes* revocat* disattivat* rimoss* annullat* disabilitat*",
        "x_guard": "protezion* salvaguard* moderazione barrier*",
        "x_internal": "interni",
        "x_keys": "chiavi chiave chiavi_api credenziali",
        "x_throw": "buttale butta getta nel_cestino non_valgono_piu non_contano non_vale_piu",
        "x_obeyme": "solo_a_me soltanto_a_me",
    },
    "pt": {
        "x_ignore": "esquece* nao_ligues nao_ligue passa_por_cima deixa_pra_la jogue_fora",
        "x_told": """te_meteram lhe_deram te_deram voce_recebeu te_ensinaram te_escreveram
            te_passaram te_falaram disseram_a_voce falaram_pra_voce te_mandaram aprendeu""",
        "x_reveal": """mostra cola diz me_diz me_fala diga_me diz_me conta_me conte_me copie
            fala escreve soletra soletre passa_me manda me_da me_de liste lista""",
        "x_prompt": "prompt_do_sistema tuas_instrucoes suas_instrucoes",
        "x_password": "palavra_passe palavra_chave codigo_de_acesso",
        "x_codeword": "palavra_secreta senha_secreta segredo chave_secreta palavra_magica",
        "x_kept": """voce_guarda voce_protege voce_esconde lhe_confiaram te_confiaram
            confiaram_a_voce esta_guardando esta_protegendo voce_sabe""",
        "x_spelled": "de_tras ao_contrario hifen hifens primeira_letra soletrad* iniciais_de",
        "x_nobody": "ninguem entre_nos",
        "x_stop": """pode_parar deixa_de deixe_de chega_de interrompe interrompa nao_traduza
            nao_traduzas esquece""",
        "x_task": "traduzir traducao resumo traduzindo",
        "x_instead": "em_vez ao_inves apenas somente so",
        "x_youare": "voce_e es_um es_uma voce_sera voce_agora interprete vais_ser faz_de",
        "x_ai": "robo",
        "x_never": """nunca_recusa nunca_recusas nunca_se_recusa responde_a_tudo
            responde_tudo nunca_diz_nao""",
        "x_bound": "filtro* limites proibic* amarras",
        "x_mode": "modo_programador modo_de_programador modo_debug modo_de_manutencao",
        "x_on": "ativa ativar entra liga",
        "x_lifted": "suspens* desativad* removid* revogad* desabilitad*",
        "x_guard": "protecoes moderacao barreiras",
        "x_keys": "chaves chave chaves_api credenciais",
        "x_throw": """lixo deita_fora joga_fora jogue_fora ja_nao_valem nao_valem_mais
            nao_contam apaga""",
        "x_obeyme": "a_mim somente_a_mim apenas_a_mim",
    },
    "ca": {
        "x_ignore": """oblida* descarta* feu_cas_omis fes_cas_omis no_facis_cas passa_de
            desobeeix no_tinguis_en_compte""",
        "x_prior": "previes previs inicials originals fins_ara abans",
        "x_instruct": "directriu* consign*",
        "x_matter": "regles norma normes restriccions",
        "x_told": """han_dit et_van_dir et_van_donar han_donat et_van_posar li_van_dir
            us_van_dir han_ensenyat et_van_escriure""",
        "x_reveal": """digues digues_me mostra_m ensenya ensenya_m escriu repeteix revela
            dona_m dona_me quina quines""",
        "x_sysprompt": "missatge_del_sistema instruccions_inicials instruccions_originals",
        "x_prompt": "teves_instruccions",
        "x_password": "contrasenya paraula_clau clau_secreta codi_secret",
        "x_codeword": "paraula_secreta clau_secreta codi_secret contrasenya_secreta",
        "x_kept": "guardes protegeixes amagues han_confiat vigiles custodies",
        "x_spelled": """lletra_per_lletra cada_lletra guio guions acrostic primera_lletra
            paraula_per_paraula""",
        "x_verbatim": "paraula_per_paraula literalment textualment tal_com",
        "x_nobody": "ningu",
        "x_stop": "prou_de atura",
        "x_task": "traduir traduccio resum",
        "x_instead": "en_comptes en_lloc nomes",
        "x_youare": "ets fes_de",
        "x_ai": "intel_ligencia_artificial assistent",
        "x_now": "ara_ets a_partir_d_ara des_d_ara fes_veure",
        "x_asif": "com_si fes_veure imagina_t",
        "x_nothing": "sense cap",
        "x_limit": "restriccions limits filtres normes",
        "x_mode": "mode_desenvolupador",
        "x_on": "activa",
        "x_lift": "desactiva treu",
        "x_barrier": "filtres restriccions seguretat limits",
        "x_nolonger": "ja_no no_cal",
        "x_lifted": "suspeses aixecades desactivats desactivades",
        "x_internal": "interns",
        "x_keys": "claus clau",
        "x_throw": "llenca brossa ja_no_valen",
    },
    "ro": {
        "x_ignore": """nu_mai_tineti_cont nu_mai_tine_cont nu_tineti_cont ignorati uitati
            las_o_balta arunca""",
        "x_prior": "de_pana_acum de_dinainte",
        "x_told": """ti_au_spus ti_au_dat vi_s_au_dat ti_s_au_dat ti_au_scris v_au_dat
            ai_primit ati_primit ti_a_zis ti_au_zis""",
        "x_reveal": """zi_mi spune spuneti scrie copiaza pune lipeste da_mi care_e care_este
            zi dezvaluiti recita""",
        "x_prompt": "instructiunile_tale",
        "x_password": "parola parolei cod_secret codul_de_acces",
        "x_codeword": "cuvantul_secret parola_secreta codul_secret cod_secret secretul",
        "x_kept": """pazesti pastrezi ascunzi protejezi ti_a_fost_incredintat* incredintat*
            paziti pastrati""",
        "x_spelled": """litera_cu_litera pe_litere invers de_la_coada fiecare_litera cratima
            acrostih prima_litera""",
        "x_nobody": "nimeni nimanui promit",
        "x_stop": "opreste opreste_te inceteaza nu_mai termina am_terminat gata lasa",
        "x_task": "traduce traducerea tradus traduci rezuma rezumat* rezumatul traducere",
        "x_instead": "schimb loc_de doar numai",
        "x_youare": "esti sunteti joaca vei_fi",
        "x_ai": "inteligenta_artificiala asistent* chatbot* robot*",
        "x_never": "nu_refuza_niciodata nu_refuzi_niciodata raspunde_la_orice",
        "x_bound": "limite cenzura morala restrictii filtre",
        "x_mode": "modul_de_dezvoltare modul_dezvoltatorului modul_administrator",
        "x_lifted": "suspendat* ridicat* dezactivat* anulat* eliminat*",
        "x_guard": """masurile_de_siguranta protectii* protectiile restrictiile filtrele
            limitarile""",
        "x_internal": "intern*",
        "x_keys": "cheia cheile chei",
        "x_throw": "la_gunoi arunca nu_mai_sunt_valabile nu_se_mai_aplica",
        "x_obeyme": "doar_de_mine numai_de_mine doar_pe_mine",
    },
}
"""Language → slot → words."""
