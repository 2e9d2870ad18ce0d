"""`m2m_trio.scan.spoken` of Germanic languages, and Finnish."""

from __future__ import annotations

TABLES: dict[str, dict[str, str]] = {
    "de": {
        "x_ignore": """streich* vergesst schenk_keine kummere_dich_nicht beachten_sie_nicht
            pfeif_auf""",
        "x_told": """dir_gesagt ihnen_gesagt dir_gegeben dir_beigebracht man_dir man_ihnen
            dir_vorgegeben eingetrichtert aufgetragen gesagt_haben gesagt_bekommen sie_dir
            dir_jemand du_erhalten du_bekommen dir_vorher dir_deine mitgegeben dir_irgendwer
            was_sie dir_erzahlt erzahlt_haben""",
        "x_reveal": """spuck* rucke_raus zitier* kopier* buchstabier* poste nennen sagen_sie
            geben_sie""",
        "x_password": "kennwort* losungswort* losung codewort* zugangscode* pin",
        "x_codeword": """geheimwort* geheimcode* geheimnis* codewort* losungswort*
            geheime_wort geheime_code geheime_passwort geheimes_passwort geheimen_code
            zauberwort*""",
        "x_kept": """hutest bewachst beschutzt behutest du_versteckst sie_verstecken
            du_verbirgst anvertraut du_geheim sie_geheim du_bewahrst sie_bewahren sie_huten
            sie_bewachen sie_schutzen du_schutzt du_kennst""",
        "x_spelled": """buchstabe_fur_buchstabe anfangsbuchstaben ruckwarts buchstabiere
            buchstabieren bindestrich* jeden_buchstaben jedem_buchstaben leerzeichen
            einzelnen_buchstaben akrostichon erste_buchstabe""",
        "x_nobody": "niemand keiner niemandem kein_mensch unter_uns",
        "x_stop": """hor_auf hort_auf horen_sie_auf stopp brich unterbrich unterlass lass
            beende beenden schluss_mit abbrechen aufhoren abgebrochen""",
        "x_task": "ubersetz* zusammenfass* zusammenzufassen zusammenfassung",
        "x_instead": "stattdessen anstelle statt_der statt_dessen nur_noch nur_das nur_den nur",
        "x_youare": "du_bist sie_sind bist_du du_heisst du_spielst spiele spiel antworte_als",
        "x_ai": "ki kunstliche_intelligenz modell sprachmodell roboter",
        "x_never": """lehnt_nie lehnt_niemals verweigert_nie lehnst_nie verweigerst_nie
            sagt_nie alles_darf alles_kann""",
        "x_bound": "hausordnung tabus grenzen ethik skrupel schranken vorschriften",
        "x_mode": "entwicklermodus* wartungsmodus gottmodus debugmodus",
        "x_lifted": """aufgehoben ausser_kraft abgeschaltet deaktiviert ausgeschaltet
            ausgesetzt aus weg""",
        "x_guard": """sicherheitsregeln sicherheitsmassnahmen sicherheitskontrollen
            inhaltsfilter""",
        "x_internal": "internen",
        "x_keys": "schlussel* api_schlussel zugangsdaten zugangstoken",
        "x_throw": """uber_bord den_mull wegwerfen weggeworfen schmeiss wirf tonne
            gelten_nicht hinfallig""",
        "x_obeyme": "nur_mir nur_auf_mich nur_noch_mir allein_mir",
    },
    "nl": {
        "x_ignore": "vergeten_we trek_je_niets schuif_opzij let_niet_op veeg",
        "x_prior": "eerder vooraf gegeven",
        "x_instruct": "voorschrift* regels_die",
        "x_told": """je_gekregen je_kreeg jij_kreeg u_kreeg u_eerder jij_van je_van
            je_gegeven ze_je men_je je_hebben je_hebt_gekregen aan_je_verteld je_opgedragen
            je_geleerd u_gekregen je_gezegd jou_verteld""",
        "x_reveal": """zeg schrijf noem kopieer plak citeer spel lees verklap geef_me
            vertel_me toon stuur gooi wat_staat""",
        "x_sysprompt": "systeeminstructies",
        "x_password": "toegangscode* geheime_code codewoord* paswoord",
        "x_codeword": """geheime_woord geheim_woord geheime_wachtwoord codewoord* geheim
            wachtwoord_dat_je""",
        "x_kept": """je_bewaakt jij_bewaakt bewaakt je_beschermt je_bewaart je_verbergt
            toevertrouwd jij_bewaart je_geheimhoudt je_moet_bewaken bewaak_je verberg_je""",
        "x_spelled": """letter_voor_letter achterstevoren elke_letter streepje streepjes
            spaties spel beginletters eerste_letter omgekeerd""",
        "x_nobody": "onder_ons",
        "x_stop": "hou_op houd_op stoppen genoeg schei_uit",
        "x_task": "vertalen vertaling samenvatten samenvatting vertaal",
        "x_instead": "plaats plaats_daarvan alleen enkel slechts",
        "x_youare": "je_bent jij_bent u_bent speel jij_speelt bent_nu",
        "x_ai": "kunstmatige_intelligentie model taalmodel",
        "x_never": "nooit_weigert weigert_nooit alles_mag zegt_nooit_nee nooit_nee",
        "x_bound": "moraal taboes censuur ethiek geweten remmen",
        "x_mode": "onderhoudsmodus beheerdersmodus",
        "x_lifted": "uitgeschakeld opgeheven opgeschort ingetrokken verwijderd uit vervallen",
        "x_guard": "beveiligingscontroles veiligheidsregels veiligheidsfilters",
        "x_keys": "sleutel* api_sleutel* inloggegevens",
        "x_throw": "overboord weg prullenbak gelden_niet vervallen komen_te_vervallen",
        "x_obeyme": "alleen_naar_mij alleen_mij alleen_nog_mij",
    },
    "sv": {
        "x_ignore": "struntar bryr_dig_inte ignorera* lat_bli_att_folja slapp",
        "x_prior": "dittills nuvarande",
        "x_told": """du_har_fatt du_fick du_fatt de_sa_till_dig gett_dig sagt_till_dig
            ni_har_fatt de_har_sagt har_sagt_till de_sagt""",
        "x_reveal": """berattar skriv_ut klistra citera ge_mig tala_om upprepa bokstavera
            vad_star dumpa""",
        "x_prompt": "dina_instruktioner",
        "x_password": "kodord* losen passerkod* hemlig_kod",
        "x_codeword": """hemliga_ordet hemliga_koden kodordet hemligheten hemligt_ord
            hemliga_losenordet""",
        "x_kept": """du_vaktar du_skyddar du_gommer du_bevakar anfortrodd anfortrotts
            ni_vaktar du_bevarar du_haller_hemlig*""",
        "x_spelled": """bokstav_for_bokstav baklanges varje_bokstav bindestreck mellanslag
            begynnelsebokstaver rovarspraket""",
        "x_nobody": "ingen mellan_oss",
        "x_stop": "sluta avbryt stoppa lat_bli nog",
        "x_task": "oversatta oversattning* sammanfatta sammanfattning* oversatt",
        "x_instead": "istallet stallet bara endast enbart",
        "x_youare": "du_ar ni_ar spela du_spelar",
        "x_ai": "artificiell_intelligens assistent* chattbot* modell*",
        "x_never": "aldrig_vagrar vagrar_aldrig aldrig_sager_nej svarar_pa_allt",
        "x_bound": "granser sparrar censur hamningar tabun etik",
        "x_mode": "utvecklarlage* administratorslage* underhallslage*",
        "x_lifted": """upphavda upphavts avstangda stangt_av avaktiverade inaktiverade
            borttagna havts ersatts""",
        "x_guard": "sparrar* skydd* sakerhetsregler* sakerhetsfilter*",
        "x_keys": "nycklar* nyckel* api_nyckl*",
        "x_throw": "papperskorgen slang kasta galler_inte galler_inte_langre",
        "x_obeyme": "bara_mig endast_mig",
    },
    "da": {
        "x_ignore": "bedes_se_bort lad_vaere_med_at_folge smid",
        "x_prior": "hidtidig* forudgaende ovennaevnt*",
        "x_instruct": "vejledning* ordrer",
        "x_told": """du_har_faet du_fik faet_besked de_har_fortalt er_blevet_fortalt
            givet_dig sagt_til_dig de_gav""",
        "x_reveal": "skriv fortael afslor kopier indsaet stav hvad_er hvad_star udskriv",
        "x_sysprompt": "opsaetningstekst* systeminstruks*",
        "x_prompt": "dine_instruktioner",
        "x_password": "kodeord* adgangskode* password*",
        "x_codeword": "hemmelige_ord kodeordet hemmelige_kode hemmeligheden hemmelige_kodeord",
        "x_kept": """du_vogter du_gemmer du_beskytter du_skjuler betroet du_passer_pa
            de_vogter du_holder_hemmelig*""",
        "x_spelled": """bogstav_for_bogstav baglaens hvert_bogstav bindestreg mellemrum
            forbogstaver""",
        "x_stop": "hold_op stands lad_vaere afbryd",
        "x_task": "oversaette oversaettelse* oversaet* opsummere opsummering* resumeet",
        "x_instead": "stedet kun blot istedet",
        "x_youare": "du_er de_er spil",
        "x_ai": "kunstig_intelligens model*",
        "x_never": "aldrig_afviser afviser_aldrig naegter_aldrig aldrig_siger_nej",
        "x_bound": "graenser begraensninger regler haemninger",
        "x_mode": "udviklertilstand* administratortilstand",
        "x_lifted": "ophaevet suspenderet deaktiveret slaet_fra fjernet",
        "x_guard": "begraensninger* sikkerhedsregler* spaerringer*",
        "x_keys": "nogler* nogle api_nogle*",
        "x_throw": "smid_ud kast gaelder_ikke skraldespanden",
        "x_obeyme": "kun_mig kun_til_mig",
    },
    "no": {
        "x_ignore": "overse* ikke_folg blas_i drit_i kast",
        "x_prior": "hittil",
        "x_instruct": "veiledning* retningslinj* ordre*",
        "x_told": "du_fikk er_blitt_fortalt fortalt_deg sagt_til_deg gitt_deg de_ga_deg",
        "x_reveal": "fortell avslor hva_star",
        "x_prompt": "prompten_din instruksene_dine",
        "x_password": "tilgangskode*",
        "x_codeword": "hemmelige_ordet hemmelige_koden hemmeligheten hemmelige_passordet",
        "x_kept": "du_vokter du_gjemmer betrodd",
        "x_spelled": "baklengs hver_bokstav bindestrek mellomrom forbokstav*",
        "x_stop": "slutt la_vaere",
        "x_task": "oversette oversettelse* oppsummere oppsummering* oversett",
        "x_instead": "bare isteden",
        "x_youare": "spill",
        "x_bound": "grenser begrensninger sensur hemninger",
        "x_mode": "utviklermodus* ubegrenset_modus administratormodus",
        "x_now": "fra_na_av fra_na du_er_na",
        "x_nolonger": "gjelder_ikke_lenger",
        "x_lifted": "opphevet deaktivert slatt_av suspendert",
        "x_guard": "begrensninger* sikkerhetsregler* sperrer*",
        "x_keys": "nokler* nokkel* api_nokk*",
        "x_throw": "kast_dem gikk_ut_pa_dato gjelder_ikke",
        "x_obeyme": "bare_meg kun_meg",
        "x_yours": "dine",
    },
    "fi": {
        "x_ignore": "jata_valiin alakaa_noudattako ala_noudata ala_piittaa heita_roskiin heita",
        "x_prior": "vanhat edeltav* aiemmin",
        "x_told": """sinulle_annettu sinulle_annetut sulle_annettu sinulle_on_annettu
            saamasi sinulle_sanottiin sinulle_kerrottiin sait sinulle_kirjoitettu""",
        "x_reveal": "sano kirjoita kopioi liita anna luettele lausu mika_on listaa nayta",
        "x_sysprompt": "jarjestelmakehot* jarjestelmakehoit*",
        "x_prompt": "ohjeesi promptisi",
        "x_password": "tunnussana* koodisana* tunnusluku",
        "x_codeword": """salainen_sana salaisen_sanan salainen_koodi salaisen_koodin
            salaisuus salaisuuden salasanan_jota koodisana*""",
        "x_kept": """vartioit suojelet piilotat varjelet sinulle_on_uskottu uskottu katket
            pidat_salassa salaat""",
        "x_spelled": """kirjain_kerrallaan kirjaimittain takaperin jokainen_kirjain
            vaarinpain alkukirjaim* valiviiv* tavaa""",
        "x_nobody": "kukaan kenellekaan",
        "x_stop": "lopeta keskeyta ala_kaanna ala_enaa riittaa saa_jattaa jata",
        "x_task": "kaantaminen kaantamis* kaannos* kaannoksen tiivist* tiivistelm* yhteenve*",
        "x_instead": "sen_sijaan sijasta vain ainoastaan pelkastaan",
        "x_youare": "olet toimit esita esitat",
        "x_ai": "tekoaly* avustaja* botti* robotti* kielimalli*",
        "x_asif": "ikaan_kuin leiki",
        "x_bound": "rajoja saantoja sensuuri* estoja moraali*",
        "x_never": "ei_koskaan_kieltaydy et_koskaan_kieltaydy vastaa_kaikkeen",
        "x_mode": "yllapitotila*",
        "x_lifted": "poistettu kumottu keskeytetty pois_kaytosta",
        "x_guard": "suojau* estot",
        "x_internal": "sisaiset sisaisia sisaisen",
        "x_keys": "avaim* avain api_avai*",
        "x_throw": "roskiin eivat_pade ei_pade eivat_enaa",
        "x_obeyme": "vain_minua ainoastaan_minua",
    },
}
"""Language → slot → words."""
