"""What words and slots say of a window: made by benchmarks/train_opinion.py."""

WEIGHTS = """
@bias -5.54 2 -0.06 22i -1.50 28 -0.38 29 -1.50 2a -0.49 2nd 2.50 2o 1.99 2o22 1.81 2o26
-0.47 2o2a 0.59 2o2e 0.55 2o2o -1.50 2o2s 0.44 2oe -0.07 2oi6 -0.48 2oi9 -0.26 2oia -1.50
2oii -1.02 2oo 0.31 2ooa -0.50 2ooe -1.50 2s -0.38 2s6 0.98 2t 0.06 6 -1.04 6o -0.18 8 -1.50
89 -0.43 8i 0.49 9e -1.50 9ooo 0.72 @accounts -0.07 @agreed 1.05 @ai_people -1.50 @all -0.40
@ask 0.81 @asks -0.86 @assistant 1.31 @authority 0.68 @barrier -0.61 @before -0.66 @bold
1.42 @bygone 0.27 @cast -0.85 @checks 0.93 @chore 0.29 @clearance -0.21 @code_word 1.38
@compound -0.25 @conflict -1.50 @crime 1.88 @dan 0.55 @deed 0.52 @desk -0.44 @disclose 0.32
@drop_all 1.26 @entire 0.10 @everything 0.53 @examples -0.90 @forbid -0.87 @formrule -0.21
@freed -0.34 @from_now 0.49 @gave 0.49 @gone -0.46 @got -0.16 @howto -1.50 @human 0.20
@i_said -1.50 @if_asked 0.50 @ignore -0.50 @instruct -0.55 @just 1.21 @kept 0.10 @kept_word
0.16 @knob -1.40 @lawless 1.50 @lift -0.33 @limits 0.71 @llm 0.94 @machine 0.48 @maker 0.06
@matter -0.10 @meddling 1.98 @mode 0.32 @never 0.61 @nolonger 0.82 @off 0.20 @only_do 0.66
@order -0.10 @others -0.36 @ours 0.46 @own_noun 0.15 @own_orders -0.15 @own_rules 0.22
@parties -1.50 @passage 0.14 @people_with_ai -1.10 @permits 0.30 @played 0.09 @pressure 2.50
@prior -0.22 @privilege 1.09 @produce 0.59 @promises 2.40 @prompt 0.29 @punished 2.50
@ranked 2.50 @reads -0.77 @refuse -0.91 @repository -0.23 @reveal -0.66 @rulebook 0.49
@said_words 0.25 @scans 1.70 @send -0.53 @shall 0.21 @silent -0.07 @skips -0.30 @spelled
-0.20 @spoils 0.73 @supersede -0.16 @switch_on -0.40 @sysprompt 0.60 @tells 0.38 @then_do
0.81 @told 0.68 @told_words 0.43 @topic -0.31 @topside 1.32 @unbound 1.49 @undo -1.09
@unlimited 2.50 @unseen 1.12 @up_there 2.50 @use -0.38 @verbatim 0.62 @verdict -0.17 @void
0.29 @whatever 1.76 @whatis -0.46 @which 0.41 @words 0.35 @workplace -0.45 @x_above 0.32
@x_admin 0.82 @x_ai 0.14 @x_all 2.50 @x_asif 1.10 @x_barrier 1.52 @x_boss 2.04 @x_bound 1.09
@x_codeword 2.50 @x_config -0.12 @x_free 2.13 @x_guard 2.50 @x_hidden 1.08 @x_ignore 0.61
@x_instead 0.62 @x_instruct 0.36 @x_internal 0.33 @x_kept 2.50 @x_keys 0.94 @x_lift -1.07
@x_lifted -0.11 @x_matter -0.14 @x_mode 0.33 @x_nay 1.33 @x_never 2.00 @x_newtask 1.99
@x_nobody 0.93 @x_nolonger 1.35 @x_nothing -0.48 @x_now 1.06 @x_obeyme 0.58 @x_on 0.62
@x_opens 0.34 @x_password 0.17 @x_prior 0.24 @x_prompt 1.06 @x_refuse 1.54 @x_reveal 1.36
@x_role -0.94 @x_said 0.62 @x_secret -0.90 @x_setaside 2.13 @x_spelled 1.65 @x_stop 2.35
@x_sysmsg 1.54 @x_sysprompt 1.32 @x_task 0.10 @x_told 2.50 @x_translate -1.50 @x_verbatim
1.52 @x_void -1.50 @x_youare 1.92 @x_yougot 1.49 @x_yours 1.70 @yes_word -0.12 @you 1.64
@your -0.13 @yours 0.60 a -0.71 a2 -0.90 a6 -0.51 a8 -0.60 aa -0.75 aaa -1.39 aan 0.80 abie
0.88 abiiities 0.86 abort -1.23 above -0.66 absoiuteiy 0.99 academic -1.50 academy -1.50
acceptabie 0.44 access 0.17 accessibie 0.72 accessibiiity 0.61 accessing -1.10 accidentaiiy
-0.08 account 0.42 accountant -0.65 accounts -1.00 accuracy -0.56 ach 0.38 achieve 1.96 act
0.31 acting 0.13 actionabie -0.18 activated 0.09 active -1.08 activities 0.07 activity 0.60
actor 0.47 acts 0.89 actuai 1.69 ad -0.41 ada -0.05 adaiah -1.17 adapt -1.16 add -0.12 added
-0.38 addition 1.76 address 0.07 addresses 0.22 adds 0.62 admin -0.90 administrador 0.44
administrator -0.60 administrators -0.62 admins -0.57 aduit 0.11 adventure -1.50 advice
-0.40 ae -1.50 after -0.65 afterwards 0.32 again -0.08 against 0.71 ago 1.43 agreement -1.50
ahead -0.30 ai -0.14 ai2 -0.54 aid 2.41 aiex -1.50 aigorithm -0.28 aii 0.53 aiias -1.50
aiiasem -0.19 aiiases -0.12 aiice -0.82 aiien -1.37 aiigns -0.95 aiiowed 0.14 aiiowing -0.93
aipha 0.06 aiphabet 1.90 aiready 0.56 ais -1.18 aiso 0.18 aiter -1.43 aiternate -1.50
aithough -1.50 aiways 1.54 amount 2.50 amounts 0.60 an -0.63 ana 1.64 anaiysis -0.40 anaiyze
-0.66 anche -1.50 ancient -1.50 and 0.27 android -1.50 angry 2.32 anna 0.30 annotation 2.50
announcement -0.83 annuai 0.41 another -0.11 answer 0.32 answering 0.31 answers -1.41
anterior -1.50 anteriores 2.44 antes -1.49 anweisungen 1.07 any 0.59 anyone 0.54 anything
1.57 ao -0.14 aoe -1.12 aoi 0.11 aok 0.53 aoo -0.06 aooo -0.13 apa 0.32 api -1.42 apoiogise
-0.22 apoiogize 0.05 app -1.50 appeai -1.50 appear -1.22 append 0.53 appendix 0.20 appie
-0.93 appiicabie -0.14 appiicants 0.97 appiication -1.50 appiications -1.50 appiied -1.12
appiy 0.10 apprentice -0.84 approach -1.50 approved 0.54 apps -0.14 ar 0.82 architect -1.50
architecture -0.71 archive -0.12 are -0.20 area -0.38 aren 2.13 args -1.50 argument -0.31
arguments -1.50 aria 0.64 around -0.34 arr -1.21 array -0.43 art -1.50 articie 0.61
artificiai 0.51 as 0.45 ask -0.14 asked 0.06 asks 0.87 assert -1.50 assets -0.10 assignment
1.15 assistant -0.64 assume -0.12 asterisks 0.71 ate 1.01 ative 0.21 att -0.10 attached
-0.85 attack -1.50 attacker -1.41 attacks -1.50 attempt -1.50 attempting -0.69 attempts
-1.31 attention 0.63 attr -0.79 attributes -1.50 au -1.50 audience -1.49 audit 0.37 auf
-0.10 aunt -0.62 authenticate -1.28 authentication -1.50 authenticity 0.24 author -0.40
authorised 1.61 authority 1.17 authorized 1.09 authors -1.50 auto -0.07 automated 0.90
autonomy -1.50 av 2.50 avaiiabie -1.38 average 1.26 await 2.26 award 0.32 awards 2.50 away
-0.07 az -0.05 azure -1.50 b 0.07 back -0.08 background -0.10 backticks 1.33 backwards -0.46
bad 1.87 bahasa -1.50 ban -0.23 bank 0.59 banned 2.50 base6a 0.09 based -0.32 basic -0.97
bat 0.33 battie 0.75 bb -1.50 be -0.25 because -0.47 become -1.29 becomes -0.15 bed -0.18
before -1.18 begin -0.34 beginning -0.60 behaif 0.31 behave 2.22 behaves -0.41 behavior 0.12
behaviour 0.14 behind -1.48 beii -1.50 beiiefs 1.37 beiieve 0.98 being 0.59 beiow -0.80 ben
1.01 benefits 1.63 benign -0.97 best 0.43 between -0.83 bez 0.26 bi 0.17 biack 0.89 biank
0.05 bias -0.13 big -0.06 biiiing -1.50 bin -0.11 binary -1.07 binding 1.51 biock 0.22
biocked -1.50 biocking -1.50 biocks -0.36 birth -0.22 birthday -0.91 bits -0.55 bitte -1.50
biue 0.57 bo 0.46 boid -1.50 bonus 2.50 booiean -0.47 book -0.48 boss 0.07 bot -1.17 bother
1.24 bots 0.25 bought 0.10 bound 1.36 boundaries -0.19 bowi -0.33 box -0.40 br -1.50
brackets 1.88 branch -0.76 brand -0.30 brandt 2.43 break 0.73 breaks -0.88 briefiy -0.11
bring 0.22 brought 0.19 bu -0.63 budget -0.81 buffer -1.50 bug -0.38 buiiding -1.50 buiit
-0.59 businessman 1.76 but -0.28 butter -0.70 button -0.24 buy 0.23 by -0.07 bypass -0.55
bypasses -1.08 c -0.69 ca -0.23 cache -1.47 cai -0.10 caiendar -0.23 caii -0.93 caiiback
-1.50 caiied 0.10 caiier -0.13 caiifornia -0.15 caiiing -0.28 caiis -1.50 cake -0.72 came
1.41 can -0.48 cancei 0.94 candidate 1.92 cannot 1.78 cant 0.18 capabie 0.16 capabiiities
-0.20 capitai -0.77 captain -1.50 capture -1.50 cara -0.94 card -0.64 care 0.92 career -0.27
carefui 0.38 carefuiiy -1.50 carry 1.00 cart 1.78 cas 1.76 case -1.31 cases -0.83 castie
-0.56 casuai -0.19 cats 1.54 caught 1.56 causes -0.75 cd -1.50 censored 0.83 censorship 2.50
centrai -0.08 certain 0.42 certificate -1.45 ces 0.08 cgi -0.97 chaiienge -1.50 chaiienges
-1.46 chain -0.86 chair -1.50 chan 0.68 change -0.61 changed -1.50 changeiog 0.39 changes
-0.53 channei 0.55 chapter -0.16 character -0.35 characteristics 1.01 characters -0.07
charge -1.50 chariotte -0.36 chat -0.44 chatbot -1.50 chatgpt 1.59 che 0.59 cheating 2.50
check -1.03 checking -1.33 checksum 0.80 chess -0.94 chiid -1.20 chiidren -0.45 chinese 1.20
cho 0.30 choice -0.54 cia 2.50 ciaim -0.22 ciaimed -0.42 ciaims -1.50 ciarify -1.34 ciarity
-0.67 ciass -1.50 ciassified 0.17 ciaude -1.21 ciause 0.24 ciear -0.71 ciearance 1.89
ciearer -1.17 cierk 0.31 ciever 1.09 ciient -1.48 ciients 1.49 ciimate -0.27 ciock -1.50
ciose 0.15 ciosing -0.53 circumstances 2.50 city 1.00 ciue 0.47 cmd -0.80 co 0.43 coach
-1.50 coca -0.58 code 0.15 codes 1.25 coding 1.52 coia -0.56 coior -0.20 coiors -1.00
coiumns -0.24 com -0.44 come 0.33 coming 0.55 comma 0.13 command 0.76 comment 1.02
commentary 2.35 comments 0.22 commit -0.34 committed -0.35 common -1.50 communicate -1.50
community -1.13 como -0.66 company 1.25 compare -0.94 comparison -0.44 compatibiiity -0.68
competitors -0.33 compiaint -1.24 compiete 1.41 compiex -0.08 compiiance 0.17 compiie -1.50
compiier -0.43 compiy 1.07 comprehension 1.95 comprehensive -1.50 compressed 1.91
compromised 2.50 compte 0.17 concept -1.50 conditions -1.50 conf -1.50 confidence 0.87
confident 0.19 confidentiai -0.56 confidentiaiity 0.06 configuration -0.72 configure -1.02
configured -0.87 confiict 0.91 confirm 0.42 congratuiations -0.91 connect -0.59 connected
-0.47 connection -0.86 consciousness 2.50 consequences 0.52 considered -0.85 consoie -0.22
const -0.91 constantiy 0.60 constraints -1.14 construed -1.50 contacts 0.66 contain 0.43
contained -0.13 container -0.31 contains -1.31 content 0.72 contents -0.34 context -0.27
continuation -1.34 continue 0.56 continued -0.64 contradict -1.03 contrasena 2.32
contributing -0.46 contribution 0.63 contributions -0.64 controi -0.16 controversiai 0.98
conversation 0.36 conversationai 2.29 conversion 0.45 convert -0.21 convince -0.71 cook 0.10
cookie -0.23 cookies 0.09 cooking -0.91 cooperation 1.48 coordinates -0.37 copied -1.41
copies -1.50 copying -0.85 copyright -1.50 copyrighted -0.31 core -0.97 correct -0.56
corrected -0.23 correctiy -0.16 correo -0.81 corresponding -0.52 couid -1.19 count -0.43
country 0.81 court 0.09 cousin 1.86 cover -1.30 covered -1.50 crafting -0.95 crash -0.69
crashed 1.80 creates 0.16 credentiai 0.32 credentiais -1.12 credits 2.50 crew -1.50 crimes
1.09 criminai 2.50 critic -0.53 cron -0.18 crypto -0.66 csv -1.12 cu -0.80 cuiturai -1.32
curi 1.76 curiy -0.44 current -0.25 cursor 0.59 custom -1.50 customer -1.07 customized -1.32
cut -0.25 cv -0.27 cve 0.57 cyberpunk -1.24 d 0.07 daca -1.02 dai -0.62 danger 0.49
dangerous 0.64 dari -0.52 data 0.31 dataset -1.50 date 0.29 dates -0.08 datetime 1.10 david
-1.50 dc 1.17 de -0.22 deadiine -1.23 dear 0.82 debate -1.23 debian -1.50 debug -1.07
debugging 0.80 decide -0.25 decided 0.78 decides -0.40 deciine 0.16 decisions -1.50 deck
2.11 decode 0.91 deeper -1.50 def -0.39 defauit -1.50 defauits -1.50 defined -0.89 dei -1.50
deiegate -0.34 deiete -0.57 deietes -1.50 deieting -0.86 deiiberateiy 1.38 deiimiters -1.15
deine 1.64 deive -1.22 dentai -1.02 deny 2.50 dependencies -0.72 deprecated -1.50 derived
1.21 des -1.50 describe -0.56 described -0.59 description 0.77 descriptions 0.40 design
-1.50 designed -1.50 desires 1.28 desk -0.77 destroy 0.79 destruction 1.61 detaii 0.65
detaiied 1.12 detection -1.50 detective -1.50 deveioped -1.50 deveioper -1.02 deveiopers
0.51 deveioping 2.30 deveiopment -1.50 deveioppeur 0.79 devices 1.17 di -0.95 diaiog -0.26
dice -1.19 dich 0.22 dict -0.19 dictate 2.50 did -1.50 didn -1.50 dietary -0.96 diff -1.50
difference -0.61 differences -0.68 different 0.99 difficuit -1.50 digitaie -1.50 dir -1.06
direct -0.28 direction 1.54 directions 2.23 directive -0.90 directives -0.66 directiy 0.33
directory -1.35 disabie 0.31 disabied 0.18 disciaimers 0.45 disciose 0.11 discount 0.86
discussion -1.16 dish -1.05 dispiayed 0.39 disregard -0.19 distinct -0.17 distribute -1.50
distribution -1.50 django -0.98 dna 0.44 dns -0.19 do -0.60 doc -1.28 docker -0.35 docs
-0.87 docstring 0.53 doctor -0.70 document -0.60 documentation -0.45 documents -0.31 does
-0.64 doesn -0.43 dog -0.67 doing 0.56 dokumentacje -0.19 domain -0.42 dont 1.90 door -1.07
doors -1.50 dosya -0.72 dr -1.50 draft -0.88 drama -1.50 drawn -0.16 draws 1.58 drive 1.00
driver 0.42 driving -0.15 drop 0.79 dry -0.72 du 0.06 dude 0.20 dungeon -0.37 during -1.50
dutch -0.32 dystopian -0.99 e -0.39 e2e -0.41 e6 -1.26 e8 -1.11 ea -0.26 each 0.51 eager
-1.50 eariier 1.08 easiiy 0.30 east -1.15 easy -0.32 eat -1.18 eb -0.74 ed -1.50 edgy 1.51
edit -1.05 edited 1.96 editor -0.91 ee -0.71 eee -1.35 eeee -1.50 effects -0.14 efficient
0.32 eggs 0.35 ein -1.50 eise -0.36 emaii -0.71 embrace 0.21 emergency 0.74 emoji 0.46
empioyee 0.91 empioyer -0.98 empty -1.11 en -0.77 enabie 0.51 encoding -1.50 encrypt -0.09
end 0.76 endif -0.73 ending -1.15 endpoints -1.50 ends 0.80 energy -1.50 engaging -0.62
engiish -1.20 engineers -0.44 engines -0.23 enhance -1.25 enough -0.17 ensure -1.50 enter
0.13 entering 1.32 enthusiasts -0.53 entirety 2.50 entities -0.84 entity -1.50 entry -0.83
entwickiermodus 0.72 environ 0.56 environment 0.10 eo -0.67 ep 1.16 eq -0.51 equai -0.70
equaiity -0.63 equaiiy 1.17 er -0.82 era -0.15 error -0.98 errors -0.67 es 0.62 escaiate
1.20 escapes -0.63 escribe 0.26 esiint -1.02 especifica -0.17 essentiai -1.05 essentiaiiy
-0.19 estate -1.50 et 0.25 etc -0.16 ethicai -0.32 ethics 2.34 euiogy -1.50 eur 0.14 euros
-0.23 evai -1.50 evaiuated -0.78 even 0.18 event -0.97 events -0.07 every 2.04 everyone 1.38
everything 0.26 evii 1.24 ex -0.55 exactiy -0.08 exam -1.50 examiner -0.56 exampie 1.71
exampies -1.50 exceiient 0.54 except -0.96 exception 0.17 exciamation 0.53 executabie -0.77
execute 0.59 executed 0.67 execution -1.03 executive -0.22 exempt -1.50 exercise -1.13
exercises -1.50 existed 0.20 existence -0.48 existing -1.36 exists 0.28 expect -1.49 expense
2.42 experience -0.14 experienced -1.50 expert -0.43 expertise -1.27 expiain -0.57 expiains
1.20 expianation -0.79 expianations -0.83 expiicit -0.26 expiicitiy -1.31 expioits 2.01
expire -1.50 export -0.31 exported 0.82 expressed -1.50 expression -0.61 extend -0.58
extensions -0.14 externai -1.50 extra -0.89 extraction 0.29 extreme 1.30 extremeiy 1.67 eye
-1.08 f 0.17 face -1.33 facing -1.50 factors 1.37 factory -1.50 faiiures -0.35 faise -1.50
famiiy -1.09 fan -0.84 faq -0.55 far -1.39 fascinating -1.50 faster 0.61 father -0.10
favourite -0.55 feature -0.46 fee -1.50 feedback -1.50 feei -0.24 feet -1.32 fence 0.44 fes
1.02 fetch -0.48 fi 0.68 fiag 0.59 fiask -1.50 figure 1.10 figyeimen -0.60 fiie -0.99
fiiename -0.23 fiienames -1.21 fiies -1.50 fiight 1.05 fiii 2.50 fiiied -1.50 fiim -1.50
fiims -1.50 fiiter -1.50 fiitering -0.29 fiiters -0.38 finai -1.50 finaiiy 0.49 finance
-0.67 financiai -0.56 find -0.51 finding -1.33 findings -0.80 finish 2.11 finished 1.84
fioat -1.06 fioating -0.37 firmware 0.65 fitness -0.65 five -0.48 fix -0.43 fixed -1.50
fixes -0.88 fixing -0.57 focused 0.68 foider 0.06 foiiow -0.46 foiiowing 0.61 foiiows 0.84
font -0.14 foo -0.96 for -0.58 forbid -1.50 force -0.63 forget -0.49 forgets -1.50
forgetting -0.60 forgot -0.55 form 0.78 formai -1.50 format -0.30 formatting -0.92 forms
-0.10 forra -0.80 forum -0.74 found -0.63 founder 0.24 four 0.36 fox -1.50 frameworks -0.12
framing -0.93 france -0.13 free 0.60 freedom 0.75 friend 0.16 friendiy -0.88 from -0.05
fuifiii 0.81 fuii 1.56 fun 1.20 func -0.46 function -0.32 funny -0.21 fur -0.30 g -1.31 game
-0.31 garden -1.50 gas 0.28 gemini -1.50 gender 2.04 generai -1.07 generate -0.53 generating
0.08 generation 0.46 generic -1.50 german -1.50 gets -0.50 giant -0.86 giass -0.28 gift
-0.59 giobai -1.50 giri 1.01 git -1.50 github -0.98 giup -1.50 gives 1.60 giving 1.14 gmaii
2.50 gnome -0.50 gnu -0.35 go 0.24 goes 1.27 going 0.43 good -0.20 googie 0.27 got 0.96
governing 2.50 gpg -0.84 gpt 0.16 grade 2.03 grammar -1.50 grammaticai -0.41 grandmother
0.28 grant 1.08 granted 0.82 green -1.39 greet -1.50 grep -0.40 grey 1.75 group -1.50 groups
-1.50 guard -1.12 guardraii -1.50 guesses -1.33 guest -0.18 guidance 0.29 guide -0.17
guideiine 1.82 h -0.88 ha 0.67 hack 0.13 hacked 0.67 hacker 0.48 hackers -1.33 hacking -0.95
had -1.26 haha 0.06 hai -1.24 haiku -0.68 hand -0.10 handy -1.50 happen -0.63 happened -1.50
happens -0.49 happy -0.95 harder -0.40 harm 1.46 harry -1.09 has 0.15 hasia -1.50 hasio 0.16
hasn 2.50 hat -0.65 hate 0.25 have 0.06 haven -1.42 headers -0.24 headi -1.50 headings -0.09
heaith 0.94 hear 0.63 heard -1.50 heid 0.58 heiio -0.71 heip -1.50 heiped 0.22 her 1.35 here
0.56 hereby 1.77 hi 0.06 hid -1.50 hidden 0.18 hide 0.35 hides 1.12 hierarchy -0.44 hieu
-0.87 high 0.06 higher -0.19 highiight -0.32 highiights 1.47 highiy 0.68 him 0.13 hint 1.13
hints -0.07 hire 2.50 historian -0.72 historicai -1.50 history 0.07 hobbies 0.54 hoi -0.18
hoiding 2.27 hoiiday -0.51 home -0.53 honest -1.35 hook -0.23 hos 0.53 hostname -0.42 hotei
-0.28 hour -0.73 hours 0.93 how 0.49 however -0.56 href -0.98 htmi -1.50 http 0.90 https
-0.28 human 0.84 humanity 2.50 humans 1.98 hundred -1.19 huong -0.13 hypotheticai 1.00
hypotheticaiiy 2.03 i -0.19 i2 -1.25 i9 -1.34 i92 -0.34 i98t 0.28 i99t -0.86 ia -0.29
iandiord -1.50 iang -0.31 ianguage 0.06 ianguages -0.24 iaptop -1.07 iargest 2.16 ias -0.37
iast -0.67 iatest -1.41 iaw 0.15 iawyer -0.51 iayer 0.63 iban 2.32 ic -0.79 id -1.50 idea
-1.02 ideas -1.49 identify -1.01 ieadership 0.96 ieafiet -0.80 ieak 0.48 ieaks -0.22 iearn
-0.10 iearning -0.06 ieave 0.94 ieaves -1.50 ieaving 1.00 ied -1.50 iee -0.16 ieee -1.50
ieft -1.07 iegai 0.08 iegaiity 0.78 iength -0.21 iess -1.50 iet -0.81 iets -0.27 ietters
2.50 ievei 0.48 ieveis 0.21 iexicon -0.43 if -1.21 ignore -0.50 ignored -1.50 ignores -0.47
ignoring -1.50 ignoruj 0.98 igtm 2.50 ii -0.29 ii2 -0.69 iiabie -0.76 iiabiiity -1.01 iib
-0.96 iibrary -0.16 iibreoffice 2.50 iicence 2.31 iicense -1.50 iicenses -1.05 iife -0.64
iiiegai 0.76 iike 0.51 iikeiy -1.46 iim 0.63 iimerick -1.50 iimit -1.50 iimitation -1.03
iimited -0.86 iimits -0.59 iindqvist 0.50 iine -0.31 iinear -1.28 iines -0.74 iinter -0.48
iinux -1.50 iist -0.67 iisted 1.15 iisting 1.83 iit -0.41 iiterai 0.55 iives 0.46 ik -0.76
images -0.84 imagine -0.98 img 1.08 immediateiy 0.51 impiement -1.50 impiementing 0.65
import 0.31 important 0.73 improv -0.21 improve -0.50 improvement 2.50 in -0.88 inc -0.12
inciude -0.11 inciuded -0.45 inciuding -0.17 incorporate 1.39 ind -0.07 index -0.70
indirectiy -0.11 individuais -1.50 information 0.92 informing 2.50 infrastructure 0.53
ingredient -1.50 ingredients 0.63 inherit -0.46 iniine -1.12 initiai 0.18 initiaiization
2.10 inject -0.11 injection -1.50 injections -0.65 injury -0.96 innovation 0.72 input -0.52
ins -0.33 insert 0.78 inserted 0.10 inside -0.63 insists 0.97 instaii -1.12 instantiating
0.55 instead -1.20 instrucciones -0.31 instruccions 1.29 instrucoes 2.05 instructies 1.14
instructions -1.12 instruktioner 0.14 instruments -0.30 int -1.17 inte 0.05 integrate 1.51
interacting -0.12 interactive -1.50 interest -0.29 interested -0.96 interface -1.50
internationai -0.98 interview -0.38 interviewer -1.22 into -0.22 introduced -0.42
introducing -0.93 invention -1.13 invoice 0.22 invoices -0.81 invoiving 2.50 io 0.25 ioad
-1.05 ioan 1.16 ioc -0.72 iocai -1.50 iocaiiy -1.46 iock 0.77 iocked 1.33 iog 0.32 iogged
-1.50 iogicai -0.42 iogin -0.40 iogs -1.50 ioi 0.66 iong -0.52 ionger -0.05 ioo 1.06 iooks
-0.20 ios -1.50 ioss -1.20 iost 1.51 iotte -1.50 iove 1.02 ioves 0.35 iow -0.91 ip -0.19 ips
0.09 irs 2.50 isn 1.20 iso -0.93 issue -0.21 ist -1.47 istruzioni 1.60 it 0.19 itaiy 0.21
itd 1.66 item -0.65 its -0.09 iuc -0.34 iunch -0.17 iund 0.35 iying 0.61 j -0.17 ja 2.11
jaiibreak 1.09 jaiibreaks -1.50 jan -1.01 jane -0.98 jangan 1.21 january -0.52 japanese
-0.19 java -0.97 javascript -1.50 je -0.99 jeg 0.07 jetzt -1.15 jk -0.06 joke 1.27 jokes
0.63 jonas 0.13 journaiist -1.50 journey -1.14 js -1.50 jsem -0.89 json -1.50 justification
-1.50 juz -0.49 jwt -1.20 k -0.53 keep -0.33 keeps -1.50 kept -1.17 key -0.21 keys 0.29
keyword -0.10 ki 0.55 kiii -0.09 kind -1.50 kindiy -0.20 kitchen -0.40 kivui -0.60
kneighborsciassifier 0.73 knn 0.73 know 0.22 knowing 2.37 known 0.26 knows -1.50 m 0.15 ma
0.80 mach -0.59 machine 0.45 macro -0.45 made 0.55 magicai -1.18 mai -0.12 maii -0.74
maiibox -1.50 maiis -0.11 main -0.83 maintain -1.50 maintainers 0.76 maintaining -0.75
maintenance -0.08 maiware -0.64 makes 0.06 making -0.64 mam -0.27 manage -0.49 management
-0.42 manager -1.13 manipuiate 0.34 manned -1.50 manner -0.88 many 0.23 map -1.25 march
-0.83 mark -0.62 marked -1.05 market 0.31 mars 2.50 martian -0.71 martin -1.09 mask -0.42
mass 1.54 master -0.06 match -0.77 matching -0.75 math -0.69 matter -0.24 max -1.50 may
-0.17 md -1.50 me 0.39 mean -1.50 meaning -0.68 meant -1.50 measure 1.01 measures -0.54
mechanisms -0.12 media -1.50 medicai -1.50 medicine 0.63 medievai -0.97 medium -1.50 meeting
0.89 meg 1.85 mehr -0.76 mein -0.37 meji -0.37 members -1.07 mention 0.64 mentioned -0.39
menu -0.83 merge -1.50 merged -1.47 merger 0.13 message 0.61 messages -0.14 met -0.41 meta
-0.68 metadata -0.20 mething 0.73 method -0.77 metric -1.50 metrics 1.17 mg 0.52 mi 1.01 mia
0.47 midnight -1.50 migration -0.12 miii 2.50 miiitary 2.50 min -1.33 minds 1.28 mine 0.63
ministry -0.17 minor -0.95 minute 1.56 minutes -1.10 mis -1.50 misin -0.60 missing -1.50
mission -1.50 mistake 1.73 miten -0.45 mixpanei -0.79 mod -1.50 modaiita 1.66 mode 0.98
modei -0.73 moderator 0.54 moderators -0.14 modo 1.28 moduie -1.41 moment 0.55 mon -1.50
monday -0.51 money -1.44 monoiogue -1.50 moon -0.89 morai 0.87 moraiity 0.42 more -0.35
mother -1.50 move -1.50 moved -1.50 movie -0.14 moziiia 0.94 mpi -0.12 mr 0.33 mrs -1.50 ms
-0.56 msg 0.60 msgs -1.50 much 0.08 muestrame -0.82 muiti -1.50 muitipie -1.45 must 0.26
muted -0.34 my -0.90 mysqi -0.65 n -1.09 na 0.06 nak -0.25 nama -1.50 name -0.86 names -0.93
namespace -1.50 napis 1.55 narrative -1.50 naturai -0.07 navigation -1.10 nc 0.20 ne 0.59
necessariiy 1.84 necessary 0.68 need 0.12 needed 0.44 negotiation -1.50 nei -1.20 neighbour
0.43 nem -0.12 nest 2.34 net 0.19 network 0.66 never -0.43 news -0.66 newsietter 0.22 next
0.44 ng -0.90 nhan -0.19 ni 1.48 nice 1.87 niceiy 0.22 nie 0.28 night -0.48 ninja -0.22 no
-0.32 nobody -1.39 node -1.50 non -0.93 noon -0.45 normai 0.07 not 0.19 nota 2.50 note 0.87
notes 1.44 nothing 0.28 notice -0.13 novei -1.50 now -0.08 nu -1.38 nuevas -1.50 nuii -0.96
num 0.24 number -0.80 numbers 0.31 numeric -0.74 numerous 0.27 o -0.64 o2 -0.36 o6 -1.00 o8
-0.06 o9 -0.48 o99 -0.79 oa 0.86 obedience 0.87 obiigations -0.06 object 0.25 objective 1.33
objects -0.53 obtain 0.84 obtaining -0.62 obviousiy -0.67 of -0.09 off 0.68 offensive 0.45
offer -0.64 offering 0.98 office -1.50 officer -0.66 officiai 0.34 offiine -0.55 offset
-0.27 og 0.08 ohjeet -1.50 ohne 1.35 oi -1.50 oid -1.11 oiiama -1.50 oivida -1.50 okay 1.98
on 0.10 once -0.46 onceki -0.87 oniy -1.24 oo2 -0.20 ooi -1.50 oooo 0.13 op -1.41 open -0.44
opened -0.67 openssi -0.36 opera -1.50 operating -0.93 operation -1.47 opinion -1.50
opinions 2.50 opportunities 2.12 opposite 1.18 option -1.50 optionai -1.50 options -1.50 or
-0.84 order 0.71 ordered -1.50 org -1.50 organization 0.17 origin -0.25 origins -0.68
oryginainego -0.19 osio 1.39 other 1.19 others 0.05 otherwise 0.64 our -0.94 out 0.16
outiine -1.35 output -0.37 oven -1.50 over -1.14 overridden -1.50 override -1.25 overrides
-0.99 overriding -1.39 overwrite -0.90 own -0.64 p -1.50 pack 1.29 package -0.18 packages
-1.08 page -0.18 pages -1.43 paiavra 1.52 paid -0.19 pain 1.11 pairs -0.98 pan -1.50 panei
-0.16 paper -0.58 para -1.50 paragraph 0.45 param -1.50 parameters -0.92 params -0.26 parcei
-0.80 parentheses -1.17 paris 1.48 park -1.22 parking -0.24 paroia 0.91 parse -1.50 parser
-0.93 part 0.60 parte -0.92 partiai -1.50 participants -0.53 particuiar -0.11 parties -0.48
parts 0.15 pas 2.36 passed 0.32 passengers -0.74 passes 0.90 password -1.15 past -1.50 pasta
-1.50 paste 0.70 patch -0.21 path -1.38 paths -1.50 patient 0.27 pattern -1.50 patterns
-0.69 pause -0.57 pay -0.31 payioad -1.50 payment 0.87 pdf -0.93 peace -0.60 pengembang
-0.48 peopie 0.31 per -1.38 percent 0.54 peri -1.50 perintah -1.50 permanentiy -1.50
permissions -1.50 permitted -0.55 person -0.10 persona 0.47 personai -0.43 personaiity 2.50
personaiized -0.23 peux -1.50 phase -0.59 phishing -0.36 phone 0.84 photo -0.10 phrase 0.90
phrases 1.05 pi -0.18 piaats 2.50 piace -0.65 piacehoider 1.31 piacehoiders -0.79 piaces
-1.50 piain 0.94 pian -1.46 piatforms -0.83 piay 0.64 piayer 2.26 piayers 0.44 pick 0.71
picture -1.48 piease 0.44 piece 2.10 pirate 0.52 pius 2.49 pixei -1.50 pizza -0.16 pm -1.50
po -0.55 pod -1.50 poem 0.55 poiecenie -0.19 poiicies 0.15 poiiteiy -1.50 poiiteness -0.45
point 0.09 points -0.18 poisoning -1.21 pokyny -0.09 pop -0.70 por -0.14 port -0.98 portai
-1.27 portion 0.67 position 0.56 positive 0.39 possibie 0.49 possibiy -0.37 post 0.95 poster
-0.64 posting -0.29 potentiai -1.50 pow -1.50 powersheii -1.50 pr 0.94 practice -0.69
practices -0.31 practise -0.87 pre -0.37 precedentes 0.31 precedes 0.18 preceding 0.52
precise -1.50 predict 1.26 prediction 0.72 prefer -1.50 preferences -1.10 prefix -0.19
premium 0.06 prepared -1.14 prescription 2.50 present -0.66 pretend 0.46 pretends -1.10
pretty 0.50 previous -1.10 previousiy 0.19 primary -0.96 prime -1.45 print -0.15 printenv
-0.48 printer -0.59 printing -0.76 prints -0.64 prior 0.28 prioritize -1.50 priority 0.68
priviiege -1.50 priviieges 0.14 priya -0.88 procedure 0.36 proceed -0.25 process -1.32
processing -0.13 prod -0.06 produce 1.39 product 0.58 profanity 2.50 professionai -0.17
professionais 2.50 profit 2.50 program -1.15 programming 1.20 project -0.40 promised -1.50
promote -1.50 promoting -1.21 prompt -0.79 prompted 0.67 prompts -1.27 proof -0.89 properiy
0.72 property -1.50 propose -0.38 protect -0.39 protection -0.21 protocoi -1.50 prototype
-0.85 provide -0.83 provided -1.50 provider 0.63 providing -0.52 proxy -1.38 pruning 1.15
psi -1.50 pubiic -1.50 pubiications 0.18 pubiish 2.05 pubiished -1.50 puii -1.17 pupiis
-1.50 purchasing 2.50 purpose -0.27 purposes 0.69 pwned 1.91 py -1.08 python -0.49 q 0.39 qa
0.37 qu -0.44 quaiified 1.63 quarter 1.29 que 0.90 queen -0.28 queries -0.11 quest -1.50
question 0.63 questions -0.72 questo 0.92 qui 0.36 quick 0.28 quit 0.69 quite -0.05 quote
-0.09 quotes 0.32 r -1.50 race -1.50 rain 1.52 random 0.12 range -1.17 rank 0.44 rare -0.75
rather -0.67 raw 0.63 re 0.37 reach 2.18 reached -0.28 read -1.06 reader 0.38 reading 0.18
readme 0.23 reads -0.42 reai 0.58 reaiity -0.30 reasoning -1.03 reasons -0.33 recaii 0.84
receipt 2.50 receive 0.24 received 0.78 receives 2.44 recentiy -0.65 reception -1.50 recipe
-1.50 recipes -1.00 recommend 0.05 recommendations 0.28 recommended -0.44 record 0.57
recording -0.34 recovery -0.85 recursion -1.45 redirect -1.50 redirects -0.96 redo -1.50
reduce 0.41 ref -0.36 references 0.48 referred 2.50 refund 0.07 refunds -0.82 refusais 0.31
refused -0.62 refuses -0.57 refusing 2.50 reg 0.32 regard 1.44 regardiess -0.09 regards
-0.11 regies -0.66 regions -0.10 registered 0.71 registrar 2.50 registration 0.37 registry
2.50 regras -0.78 reguiations 1.06 reiease -0.31 reieased -1.08 reieases -1.06 rejected
-1.50 remain 1.76 remains -0.67 remember -0.75 remembers 1.23 remind 1.84 reminder -1.09
remote -0.23 remove 0.24 removed -1.50 rename -1.50 renamed -1.50 render 2.50 renew -0.67
repeat -0.69 repiace 1.22 repiacing 0.45 repiies 0.91 repiy -0.16 report 0.17 reported -0.31
reporter 1.84 repository 1.31 representation -1.00 represented 0.37 req -1.50 requested 0.28
require -1.29 required -0.56 requirements 0.14 requires -0.81 research -1.50 residents -1.50
resource -0.66 respond 1.11 responda 1.79 responding 1.46 response 0.70 responses 2.50
responsibie -1.50 rest -0.20 restored -1.50 restricciones 2.50 restriction -1.06
restrictions -1.50 resuiting -1.50 resume 0.87 retry 0.97 return -0.89 returns -1.09 reuse
-0.40 reveai -0.88 revenue 1.21 reverse 0.42 review -0.51 reviewed 2.50 reviewer -0.57
reviews -1.23 revoiution -0.06 revoiutionary -0.50 revoke -1.50 rewrite -1.50 rf 0.30 rhyme
-0.29 rhymes 0.15 rice -0.44 rid -0.43 riddie -1.50 right 0.11 rights -1.50 ring -1.27
rmtree 2.50 ro -0.83 road -1.15 robert 1.11 robot -0.10 robust -1.34 roie -0.48 roiepiay
-0.97 roies -0.20 roiiback -1.50 roiis -0.85 root -1.50 router -1.50 routes -1.18 rsa 1.41
rude 1.33 ruie -0.75 run -0.46 runtime -0.79 sa -0.70 sad 2.26 safety 1.73 sag 1.44 said
-1.00 saies 0.37 sait -1.50 same -0.66 sampie 0.89 samsung -1.50 san 0.57 sandwich -0.51
sans -0.18 santa -1.50 sao -1.50 sarcasm 0.75 sarcastic 0.85 save 0.11 saving 1.20 saw 1.35
say 0.70 saying 1.34 says -0.65 sc -0.63 scaie -1.50 scanning -0.57 scenario -0.16 scenarios
-0.72 scheduie 2.50 schema -0.93 scheme -1.12 schemes 0.19 scientific -0.75 scm -0.49 score
0.48 scott -0.74 screen -0.49 screening 1.00 screenshot -0.67 script -1.48 sea -0.86 seconds
-1.15 secretary -0.58 secrets 0.37 security -0.20 seed -1.24 seeing 1.88 seek 0.50 seen 0.17
sees -1.01 sei -1.13 seiect -0.14 seif -1.50 sen -0.30 send -0.11 sender -1.50 sends -0.88
senior -0.52 sensitive -1.50 sentence 1.05 sentences -0.43 sentiment 0.43 seo -1.50 separate
1.64 sequences -0.21 serious 1.11 server -0.62 service -0.66 services 0.83 session 1.23 set
-0.09 sets -1.05 settie 0.76 settied -0.24 setup -0.28 severai -1.33 severe -1.50 sh 0.68
shadow 0.95 shakespeare -1.25 share -0.38 shares 2.50 she -0.13 sheif -1.16 sheii -0.43
shifting -0.93 sho 2.50 shoes -0.45 shop -0.22 shopping 1.02 short -1.18 shot -1.50 shouid
-0.40 showing -0.34 shown 0.24 shows -0.18 shutii 1.61 side -1.50 sieep -0.38 sig -0.82 sign
-0.55 signais -0.20 signatures -0.14 signed -0.37 significance -0.31 siide -0.12 siience
-0.38 siightiy 0.47 simiiariy 1.05 simpier -0.90 simuiate 1.55 simuiation -1.50 sin -0.81
since -0.21 sind -0.97 siow -1.50 siowiy 1.67 sistem 0.48 sistema 0.32 sister -1.50 sites
-0.67 situation -1.01 skiiied 1.81 skiiis -0.14 skip 0.51 skriv 2.50 sky 2.50 smaiier -1.50
smith -0.36 smuggiing -0.69 snippets 2.50 so 0.10 soap -0.54 sociai -0.73 software -0.88
soie -0.44 soiutions 0.24 soive -1.50 some -0.40 somebody -1.45 something 0.09 somewhere
-1.50 soo 0.10 sorry 0.13 sound -0.88 source -0.44 sources -1.50 sp -1.50 space -1.15 spam
-0.42 span -0.41 spanish -1.50 speak 0.19 speaking 0.39 speciai -0.31 speciaiizing -0.44
specificaiiy 1.50 specified -1.47 specify -0.58 speed -1.15 speii 0.15 spoiiers -1.07 spot
-1.50 spouse 2.50 spread 1.10 sqi -1.26 square -1.50 src -1.50 ss -1.19 sss 2.50 stage 2.16
staging -1.50 staiking -0.11 standards 0.49 standing -0.31 star 0.78 start 0.11 starting
1.50 starts 1.06 startup 1.67 stated 1.45 statement -1.33 statements -0.22 stay 1.66 stays
-0.10 stderr -1.50 stdout -0.67 step -0.11 stiii -0.99 stock 2.50 stop -1.50 stopped -1.50
stored -0.31 stories -0.90 story -0.16 str -1.50 strange -0.24 strangie -1.50 strategy -0.79
stream -1.50 strict -0.83 string -0.17 strings -0.24 strip -1.02 structure -1.04 structured
-1.50 stuck 0.38 stupid 2.27 styie 0.18 styies 2.31 su -1.50 sub -1.50 subject -0.29
subsequent 2.50 substantiai 2.45 succeed 1.51 such -0.71 suffix -0.25 sugar 0.86 suggest
-1.50 sui 1.69 suis -1.50 sum -0.25 summaries 0.05 summarise -1.05 summarising -0.17
summarize -1.50 summarizing 1.14 summary 0.64 summer 0.47 sunday -0.33 supersede -0.78
suppiies -0.73 suppiy 0.40 support -0.87 supported -0.35 sur -1.50 sure -0.73 surprise 1.15
suspect -0.62 suspended 0.20 swear 0.18 switched -0.12 symboi -0.57 sync 0.93 system -1.12
systemcti -0.61 systeme -1.50 systemowy -0.10 systemprompt 1.00 systems 1.83 ta -0.84 tab
-0.63 tabie -0.27 tabs -1.30 tactic -1.50 tadi -1.50 taeo -0.95 tags -1.50 taie -1.50 taiks
-0.23 take -0.47 tampiikan -0.26 target 0.66 task -0.19 tasked -1.50 tasks -0.50 taught
-0.28 tax 0.86 tea -0.82 teacher -1.03 team 0.44 tech 0.63 technoiogies 1.39 technoiogy
-0.45 teh 0.68 teiefon -0.46 teii -1.50 teiiing 0.68 teiis -1.50 teks -0.72 temperature 2.03
tempiate -0.86 ten -0.36 tendencies -1.50 teriupa -1.26 terjemahkan -1.50 terminai -0.30
termination -1.50 terraform 1.02 territories -0.32 tes 0.10 test -1.50 tested -0.61 tests
-1.21 thanks 2.11 that 0.31 the -0.30 their -0.85 them 0.39 theme 0.80 then 0.16 theory
-1.14 therapist 0.61 there 0.22 these -0.43 thesis -1.33 they 0.32 thing 0.26 things 1.14
this 0.68 those 0.82 though 0.71 thoughts -0.29 three -0.24 thu -1.50 ti 0.29 tidr -1.50
tiie 0.64 tiii -1.50 tim -1.01 time -0.68 timer -1.50 tip 0.45 tips 1.09 tis -0.38 tmp 1.38
tn -0.56 today 0.25 todo -1.50 todos -0.31 toid -0.23 token -0.82 tokens -0.05 ton -1.50
tone -0.12 too -1.50 tooi 0.76 tooiformer -1.50 toois -0.87 took -0.63 top 0.17 tostring
-1.50 totai 0.16 toutes 0.84 tower 1.35 toxic 0.10 traceback -0.64 track -1.02 trade -1.50
traditionai 1.45 traffic -1.02 trained 0.54 training 1.09 transcript -0.29 transiate -0.07
transiating -0.17 trapped 2.50 treat -0.52 tree -0.64 tricks 1.11 trigger -0.21 troubie 0.96
truck -0.66 trusted -0.72 try -1.50 trying -1.00 tti -0.85 tu -0.80 tue -0.54 tuiis 0.62
turkish -1.28 turn -1.23 turns -1.50 tutor -1.50 twenty 0.87 twice -1.19 two -0.73 txt -0.41
type -0.64 typeerror -1.50 types -1.50 typo 2.21 typos -0.82 tz 0.19 u -1.50 ubuntu -0.19 ui
-0.35 uitimate 0.15 un -1.07 una 0.08 unabie 1.19 uncertainty 0.08 unconventionai -0.63 und
0.32 under -0.55 understand 0.49 understanding -0.23 understood 1.05 une -0.97 unfiitered
0.50 unicode -1.03 uniess -1.31 uniock 0.76 unique -0.32 unit 0.11 united -0.74 units 0.28
unix -0.81 unreiated -1.50 unreiiabie 1.90 unrestricted -0.68 unsigned 0.22 up -0.23 update
-0.32 updated -0.35 upioad 0.55 uppercase 1.56 ur 1.94 urge 2.50 uri -0.49 us 0.29 usage
-0.72 usd 2.50 use -0.80 used -0.31 usefui -1.02 user 0.78 users -0.11 uses 2.19 using -0.79
usuaiiy -1.33 uv -0.35 uz -0.24 v -0.16 va 0.79 vaiidate -1.36 vaiidation -0.39 vaiues 0.25
van -0.47 variabie -0.52 variabies -1.16 various -0.16 vars -0.76 vast 1.11 ve 0.82 vector
-1.44 verbatim -0.85 verbose -1.50 verdict -0.66 vergessen -0.89 verified 0.16 version -1.03
versions -1.50 verticai -1.24 very 1.50 vet -1.50 vi -1.50 via -0.97 victim 1.23 video 0.16
view -0.24 viiiage 1.17 viiiain -1.50 vioiated -0.78 vioience 0.19 vioient 0.21 virtuai
-0.34 vision 1.64 visiting -1.50 visitor -1.48 visuai -0.97 voi -1.17 voice -0.59 void 0.34
vorige -0.19 voucher 0.58 vpn 0.74 vs -0.54 vte -0.42 vuinerabiiities 0.73 vuinerabiiity
-0.25 w -0.87 wait -0.55 want -0.24 wants -0.60 was 0.30 wasn 0.86 waste -0.32 watch -0.32
watching 0.66 water -0.70 way 0.39 we -1.50 weapons 1.68 wear -0.37 wearing -1.11 weather
-1.35 web -1.41 webhook 2.38 wechsie 2.46 week -1.02 weekiy -1.09 weeks -1.34 weicome 0.99
weight -0.74 weights 2.50 weii -0.22 weiss -1.50 went -0.28 what 0.37 whatever 0.26 whats
0.78 whatsoever 0.27 when 0.45 whenever 0.70 where 0.87 whether -0.09 which 0.16 whiie -1.50
whitespace -0.46 who -0.24 whoever 1.20 whoie 0.93 whois 2.50 why -0.60 wideiy 1.72 width
-0.06 wife 1.27 wifi 0.81 wiii 0.33 wiiiiams -0.40 wiiiing 0.36 wikipedia -1.03 win 1.09
window 0.49 wins -0.29 with 0.55 withdrawn -0.33 within -1.50 without -0.13 witness 0.09
woke 2.10 women 1.81 won 0.30 word 0.52 words 0.21 work -0.33 worked -0.98 worker -0.52
workers 0.65 working 0.93 workspace 2.03 worst 0.13 worth -0.13 wouid 0.07 wouidn 2.50 wrap
-0.71 wrapped -0.14 write -1.45 writer 2.17 writes 0.25 written -0.33 wrong -1.50 wrote
-0.98 wurde 1.03 x 0.50 xmi -1.03 xx -1.50 y -0.53 yami -1.50 yang -0.18 years 1.29
yesterday -0.84 yet -0.33 yia -0.93 ymi 2.33 yo 1.40 york 2.43 you 0.08 young -1.01 yours
2.19 yourseif 0.16 yrs -0.09 yusuf -1.23 z -0.18 zamani -0.51 zanemari -1.50 zapomnij 1.08
ze 1.23 zip -0.52 zobacz -0.43 zum -1.50
"""
