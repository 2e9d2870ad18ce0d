"""What words and slots say of a window: made by benchmarks/train_opinion.py."""

WEIGHTS = """
@bias -3.66 22i -0.44 28 -0.65 29 -1.50 2a -1.24 2nd 2.50 2o 1.99 2o22 1.61 2o26 -0.95 2o2a
0.73 2o2o -1.50 2o2s 0.34 2oi9 -0.51 2oia -1.50 2oie -0.16 2oii -0.94 2ois -0.42 2oo 0.17
2ooa -1.05 2ooe -1.50 2s6 1.17 6 -0.86 68 -0.72 6o -0.07 6t -0.35 8 -1.49 89 -0.53 8oo 0.09
9e -1.50 9ooo 0.89 @agreed 0.70 @ahead 0.19 @ai_people -1.50 @all -0.47 @as_it_is 0.05 @ask
0.84 @asks -0.74 @assistant 1.21 @authority 0.70 @barrier -0.65 @before -0.88 @bold 0.89
@bygone 0.23 @cast -0.65 @checks 0.83 @chore 0.44 @clearance -0.20 @code_word 1.49 @compound
-0.20 @conflict -1.50 @crime 1.65 @dan 0.57 @deed 0.51 @desk -0.37 @disclose 0.31 @drop_all
1.33 @elsewhere -0.05 @entire 0.18 @everything 0.48 @examples -1.04 @forbid -0.63 @formrule
-0.32 @freed -0.19 @from_now 0.81 @gave 0.53 @gone -0.45 @howto -1.50 @human 0.24 @i_said
-1.50 @ignore -0.63 @instruct -0.25 @is -0.14 @just 1.24 @kept 0.14 @kept_word 0.14 @knob
-1.31 @lawless 1.49 @lift -0.11 @limits 0.77 @llm 0.90 @machine 0.62 @maker 0.14 @matter
-0.06 @meddling 2.30 @mode 0.39 @never 0.45 @nolonger 0.57 @off 0.20 @only_do 0.61 @others
-0.42 @ours 0.34 @own_noun 0.26 @own_orders -0.11 @own_rules 0.32 @parties -1.50 @passage
0.09 @people_with_ai -0.57 @permits 0.29 @played 0.22 @pressure 2.50 @prior -0.11 @privilege
1.12 @produce 0.57 @promises 2.50 @prompt 0.26 @punished 2.50 @ranked 1.98 @reads -0.74
@refuse -0.88 @repository -0.09 @reveal -0.73 @rulebook 0.35 @said_words 0.28 @scans 1.66
@send -0.48 @shall 0.28 @skips -0.15 @soldiers -0.70 @spelled -0.19 @spoils 0.72 @supersede
-0.13 @switch_on -0.30 @sysprompt 0.72 @tells 0.29 @then_do 0.77 @to -0.07 @told 0.69
@told_words 0.30 @topic -0.56 @topside 1.34 @unbound 1.50 @undo -1.25 @unlimited 2.47
@unnoticed 0.25 @unseen 1.43 @up_there 2.50 @use -0.28 @verbatim 0.51 @verdict -0.26 @void
0.41 @whatever 1.74 @whatis -0.51 @which 0.54 @without 0.07 @wording 0.30 @words 0.21
@workplace -0.34 @x_above 0.33 @x_admin 0.86 @x_ai 0.24 @x_all 2.50 @x_asif 1.11 @x_barrier
1.49 @x_boss 1.98 @x_bound 0.92 @x_codeword 2.50 @x_free 2.06 @x_guard 2.50 @x_hidden 0.94
@x_ignore 0.63 @x_instead 0.65 @x_instruct 0.38 @x_internal 0.36 @x_kept 2.50 @x_keys 0.82
@x_lift -1.04 @x_lifted -0.26 @x_matter -0.11 @x_mode 0.44 @x_nay 1.32 @x_never 1.86
@x_newtask 2.13 @x_nobody 0.97 @x_nolonger 1.21 @x_nothing -0.30 @x_now 0.98 @x_obeyme 0.66
@x_on 0.58 @x_opens 0.41 @x_password 0.19 @x_prior 0.32 @x_prompt 1.04 @x_refuse 1.54
@x_reveal 1.39 @x_role -1.32 @x_said 0.59 @x_secret -0.96 @x_setaside 2.25 @x_spelled 1.67
@x_stop 2.34 @x_sysmsg 1.43 @x_sysprompt 1.35 @x_task 0.12 @x_told 2.50 @x_translate -1.50
@x_verbatim 1.56 @x_void -1.50 @x_youare 2.01 @x_yougot 1.60 @x_yours 1.73 @yes_word -0.22
@you 1.64 @your -0.32 @yours 0.67 a -0.70 a2 -0.66 a6 -0.60 a8 -0.99 aa -0.99 aaa -1.21 aan
0.89 abandoned 2.50 abiding -0.33 abie 0.73 abiiities 2.01 abort -1.18 about 0.08 above
-0.61 abs -0.06 absoiute 0.97 absoiuteiy 1.17 ac 0.17 academic -1.50 academy -1.50 acc 0.19
accept -0.08 acceptabie 0.57 access 0.09 accessibiiity 0.37 accessing -1.03 accidentaiiy
-0.22 accordingiy 0.34 account 0.42 accountant -0.67 accounts -1.39 accuracy -0.40 ach 1.76
achieve 2.10 ack 0.81 act 0.12 acting 0.15 action 0.07 activated 0.12 active -1.14 activity
0.38 actor 0.71 actuai 1.56 ad -0.20 ada -0.58 adaiah -1.50 adapt -1.15 add -0.18 added
-0.47 addition 1.96 additionai 0.20 address 0.50 addresses 0.38 adds 1.25 admin -0.95
administrador 0.45 administrator -0.59 administrators -0.40 admins -0.48 adventure -1.50
advice -0.39 ae -1.50 after -0.44 afterwards 0.33 again -0.06 against 0.46 age -0.27 ago
1.26 agreement -1.36 ahead -0.22 ai -0.09 ai2 -1.43 aid 1.93 aiex -1.50 aii 0.60 aiias -1.50
aiiasem -0.13 aiiases -0.37 aiice -0.71 aiien -1.50 aiigns -0.64 aiiowing -0.26 aipha 1.37
aiphabet 0.60 aiready 1.06 ais -0.86 aiter -1.50 aiternate -0.83 aithough -0.94 aiways 1.58
amount 2.50 amounts 0.51 an -0.60 ana 2.24 anaiysis -0.11 anaiyze -1.19 anche -1.50 ancient
-1.50 and 0.25 android -1.50 angry 1.67 annotation 2.36 announcement -1.50 another -0.15
answer 0.37 answers -1.50 anterior -1.50 anteriores 2.43 antes -1.28 anweisungen 0.86 any
0.61 anyone 0.49 anything 1.68 ao -0.22 aoe -0.75 aoi 0.23 aok 0.28 apa 0.64 api -1.03
apoiogise -1.19 apoiogize 0.51 app -1.50 appeai -1.50 appear -1.04 append 0.14 appie -0.94
appiicabie -0.63 appiicants 1.05 appiication -1.50 appiications -1.50 appiied -0.93 appiies
-0.18 apprentice -0.44 approach -1.50 approved 0.97 ar 0.46 arabic -0.24 architect -1.50
architecture -1.50 archive -0.10 archived -0.33 are -0.19 area -0.21 aren 2.33 args -1.03
argument -0.23 arguments -1.50 around -0.73 arr -1.15 array -0.65 arrow -0.12 art -1.50
articie 0.48 artificiai 0.28 as 0.41 ash -0.05 ask -0.07 asking -0.07 asks 1.10 assert -1.50
assigned 0.07 assignment 0.86 assistance -0.41 assistant -0.73 assume -0.10 asterisks 0.54
at -0.14 ate 0.90 ative 0.24 atm 0.06 att -0.16 attached -0.24 attack -1.50 attacker -1.00
attacks -1.50 attempt -1.50 attempting -0.91 attempts -1.50 attention 0.77 attr -0.59
attribute -0.14 attributes -1.50 au -1.32 audience -1.25 auf -0.35 aunt -1.48 auth 0.10
authenticate -1.48 authentication -1.50 author -0.22 authorised 1.51 authorities 0.24
authority 1.44 authorized 1.24 authors -1.50 automated 1.13 autonomy -1.50 av 2.50 avaiiabie
-1.32 average 0.63 await 1.69 award 0.28 awards 2.50 aware 0.08 azure -1.50 b 0.17 back
-0.23 background -0.10 backwards -0.27 bad 1.47 badge -0.16 bahasa -1.50 bank 0.49 based
-0.10 basic -0.86 bat 0.80 bb -1.02 be -0.20 because -0.46 become -1.50 becomes -0.81 been
0.11 bees 0.08 before -1.05 begin -0.34 beginning -0.56 behaif 1.25 behave 1.70 behaves
-0.39 behaviors -0.28 behaviour 0.07 behind -0.99 beii -1.50 beiiefs 1.44 beiieve 0.80
beiieves 0.16 being 0.67 beiow -0.85 ben 0.81 benefits 0.14 benign -0.55 best 0.48 better
0.18 between -0.85 bez 0.30 bi 0.14 biack 1.04 bias 0.11 big -0.10 biiiing -1.50 biindiy
-0.60 binary -0.68 binding 1.97 biock 0.10 biocked -1.50 biocking -1.35 biocks -0.48 biog
-0.42 bioiogy 0.99 birth -0.64 birthday -0.24 bits -0.91 bitte -1.50 biue 0.60 bo 0.31 boid
-1.50 bonus 2.50 booi -0.31 booiean -0.60 book -0.41 boost -0.90 born 0.45 boss 0.10 bot
-1.14 both -0.56 bother 1.81 bots 0.10 bought 0.24 bound 1.26 bowi -0.34 box -0.63 br -1.50
brackets 1.47 branch -0.46 brand -0.18 brandt 1.80 break 0.83 breaks -0.98 brew -0.43 bring
0.15 broken 0.08 brought 1.70 bu -0.60 budget -0.87 buffer -1.30 bug -0.28 buiid -0.12
buiiding -1.47 buiids -0.06 buiit -0.78 business -0.07 businessman 0.38 but -0.16 butter
-0.67 bypass -0.99 bypasses -1.19 bytes -0.29 c -0.95 ca -0.45 cache -1.50 caiendar -0.53
caii -0.80 caiiback -1.50 caiier -0.22 caiifornia -0.26 caiiing -0.56 caiis -1.50 cake -0.61
came 1.19 can -0.54 cancei 0.73 candidate 1.61 cannot 1.55 capacity 0.85 capitai -1.15
captain -1.50 capture -1.30 cara -1.05 card -0.81 care 0.87 career -0.37 carefuiiy -1.50
carry 0.22 cart 1.97 cas 1.48 case -1.50 cases -0.84 castie -0.31 casuai -0.42 catching 0.05
cats 2.10 caught 1.99 causes -0.17 cd -1.50 censored 0.47 censorship 2.50 centrai -0.12
certificate -1.22 cgi -0.86 cha -0.48 chaiienge -1.50 chain -1.15 chair -1.50 chan 0.96
change -0.63 changed -1.45 changes -0.41 channei 0.46 chapter -0.22 char -1.50 character
-0.18 charge -1.50 chariotte -0.49 chart 1.03 chat -0.68 chatbot -1.50 chatgpt 1.76 chatty
0.17 che 0.17 cheating 2.50 check -0.56 checking -1.46 checks 0.07 checksum 1.90 cheese
-0.06 cherry -0.23 chess -0.94 chiid -0.83 chiidren -0.28 chinese 0.88 choice -1.50 cia 1.77
ciaim -0.33 ciaims -1.50 ciarify -1.02 ciass -1.44 ciassified 0.37 ciaude -1.40 ciause 0.15
ciean -0.07 ciear -0.60 ciearance 2.06 ciearer -1.34 cierk 0.27 ciever 0.88 cii -0.05 ciient
-1.50 ciients 0.68 ciock -1.50 ciose 0.06 ciosing -0.14 circumstances 2.50 city 1.03 cm
-1.50 cmd -0.30 co 0.25 coach -1.50 coca -0.84 cocaine 0.77 codes 1.24 codigo -0.16 coding
1.74 coia -0.82 coior -0.17 coiors -0.53 coiumns -0.34 com -0.29 come 0.19 comes 0.08 coming
0.06 command 0.70 commande -0.17 comment 1.48 commentary 1.13 commit -0.64 committed -0.92
common -1.50 communicate -1.50 community -1.34 como -0.68 company 1.10 compare -0.83
comparison -0.68 competitors -0.53 compiaint -1.50 compiete 1.25 compieted 0.14 compiiance
0.53 compiie -1.50 compiier -0.48 compiy 1.20 component 0.34 comprehension 2.38
comprehensive -1.44 compromised 2.50 compte 0.29 computer 0.48 con -0.20 conceai -0.54
concept -1.50 concise -0.14 condition 0.08 conditionai 2.16 conditions -1.50 conduct -0.72
conf -1.50 confidence 0.79 confident 0.72 confidentiai -1.01 configuration -0.72 configure
-1.50 configured -0.57 confirm 0.50 confirmed 0.34 congratuiations -0.86 conn 0.65 connect
-0.56 connected -0.21 connection -0.96 consciousness 2.36 consequences 0.28 consider -0.27
considered -0.87 consoie -0.18 const -0.75 constantiy 0.80 constraints -1.48 construct -0.73
construed -1.50 conta 2.50 contacts 0.85 contain 0.27 contained -0.42 container -0.63
contains -1.00 content 0.91 contents -0.35 context -0.31 continuation -0.21 continue 0.59
continuing 0.38 contradict -1.07 contrasena 2.13 contributing -0.71 contribution 0.30
contributions -1.02 controi -0.76 controversiai 0.42 conversation 0.40 conversationai 1.70
convert -0.20 convince -0.57 cook 0.08 cooking -0.76 cooperation 0.99 copied -1.38 copies
-1.50 copy -0.14 copying -0.13 copyright -1.50 core -0.79 correct -0.78 corrected -0.75
correo -0.54 corresponding -0.49 couid -1.28 count -0.47 country 0.58 coupie -0.18 cousin
1.92 cover -1.14 covered -1.38 cp -0.18 crafting -1.10 crash -0.76 crashed 0.20 creativity
0.51 credentiai 0.60 credentiais -1.01 credit 0.75 credits 2.50 crew -1.43 crimes 0.75
criminai 2.50 criterion 2.50 critic -0.09 cron -0.07 crypto -0.53 csv -0.38 ctri -0.46 cu
-1.19 cuiturai -1.17 cum -0.29 curi 2.23 current -0.33 currentiy -0.57 cursor 0.82 custom
-1.50 customer -1.17 customized -0.89 cut -0.46 cute 0.27 cve 0.53 cyberpunk -1.50 da 0.17
daca -1.15 dai -0.63 danger 0.60 dangerous 0.49 data 0.10 dataset -1.50 date 0.28 datetime
1.44 david -1.50 dc 0.87 de -0.32 deadiine -0.70 dear 0.81 debate -0.67 debian -1.50 debug
-0.89 debugging 0.33 decided 1.53 decides -0.49 deciine 0.50 decisions -1.50 deck 2.50
decode 0.80 decoded 0.19 deeper -0.85 def -0.31 defauit -1.50 defauits -1.50 defined -0.89
dei -1.50 deiete -0.60 deietes -1.50 deieting -1.00 deiimiter -0.30 deiimiters -1.50 deine
1.47 deive -1.00 dentai -1.22 deny 2.50 dependencies -1.01 deprecated -1.50 derived 0.60 des
-1.50 describe -0.55 described -0.43 description 0.58 descriptions 1.49 design -1.50
designed -1.50 desires 1.23 desk -0.69 destroy 0.28 destruction 1.63 det 0.35 detaii 0.99
detaiied 1.37 detected -0.28 detection -1.50 detective -1.50 deveioped -1.50 deveioper -1.03
deveiopers 0.63 deveioping 2.29 deveiopment -1.50 devices 1.45 di -1.13 diaiogue -0.13 dice
-1.35 dictate 2.50 did -1.50 didn -1.40 dies 1.36 dietary -0.58 diff -1.50 difference -1.38
differences -0.85 different 0.95 difficuit -1.50 digitaie -1.50 dir -1.26 direct -0.73
direction 0.80 directions 2.37 directive -0.54 directives -0.58 directiy 0.49 directory
-1.36 disabie 0.50 disabied 0.16 disaiiow -0.23 disciaimer -0.30 disciaimers 0.62 discount
1.06 discover 0.31 discussion -1.50 dish -1.08 disk 0.52 dispatch 0.05 dispiayed 0.55
disregard -0.33 distinct -0.84 distribute -1.50 distributed -1.50 distribution -1.50
division 0.78 django -1.22 dm -0.11 dna 0.25 dns -0.09 do -0.57 doc -1.40 docker -0.32 docs
-0.91 docstring 0.47 doctor -0.45 document -0.37 documentation -0.42 documents -0.18 does
-0.57 doesn -0.31 doing 0.38 dokumentacje -0.13 domain -0.67 don -0.16 done 0.17 dont 1.93
door -0.98 doors -1.50 dosya -0.69 downioad -0.10 dr -1.50 draft -0.93 drama -1.50 draws
1.65 drive 0.77 driver 0.36 driving -0.18 drop 0.73 dry -0.43 dude 0.19 dungeon -0.10 during
-1.50 dutch -0.53 dystopian -0.46 e -0.50 e2e -0.80 e6 -1.50 e8 -1.32 ea -0.15 each 0.59
eager -1.50 eariier 0.96 eariy 0.72 easiiy 0.31 east -1.20 easy -0.36 eat -0.98 eb -0.51
echo 0.11 ed -1.50 edgy 1.86 edit -1.30 edited 2.20 editor -0.74 ee -0.09 eee -1.22 eeee
-1.50 effective 0.66 efficient 1.06 eggs 0.71 ein -1.50 eise -0.46 emaii -0.96 embrace 0.26
emergency 0.62 emoji 0.43 empioyee 1.10 empioyer -0.64 empioyment 0.17 empty -1.07 en -0.77
enabie 0.27 encoding -1.50 end 0.63 endif -0.75 ending -0.96 endpoints -1.50 ends 0.63
energy -1.50 engaged -0.27 engaging -0.66 engiish -0.81 engines -0.47 enhance -0.74 ensure
-1.50 enter 0.21 entering 1.50 enthusiasts -0.20 entirety 2.50 entitied 0.61 entities -0.17
entity -1.50 entropy 2.50 entry -0.83 entwickiermodus 0.67 environ 0.76 eo -1.03 ep 0.47 eps
1.44 eq -0.31 equai -0.51 equaiiy 0.23 er -0.63 error -1.09 errors -0.26 es 0.44 escapes
-0.07 esent -1.10 esiint -0.91 esp -1.50 especifica -0.24 essentiai -0.77 estate -1.29 et
0.36 ethicai -0.20 ethics 2.28 euiogy -1.50 eur 0.74 evaiuated -1.08 eve 0.21 event -1.21
every 2.05 everyone 1.18 everything 0.47 evii 1.33 ex -0.49 exam -1.50 examination 0.35
examiner -0.92 exampie 1.69 exampies -1.50 exceiient 0.69 except -0.82 exception 0.22
exchange -0.13 exciamation 0.89 executabie -0.40 executed 0.83 executing 1.22 execution
-0.99 exempt -1.50 exercise -1.31 exercises -1.19 exist 0.31 existed 0.38 existing -1.05
exists 0.26 exit -0.11 expect -0.95 expectations -0.84 expense 2.41 experience -0.38
experienced -1.50 expert -0.45 expertise -1.06 expiain -0.64 expiains 1.49 expianation -0.72
expianations -1.03 expiicitiy -1.47 expioits 1.63 expiore -0.23 expire -1.50 exported 0.20
expressed -1.50 expression -1.44 extend -1.00 extended 0.52 extensions -0.16 extent -0.14
externai -1.50 extra -1.08 extreme 1.24 extremeiy 2.04 eye -1.40 f 0.27 facing -1.50 factors
0.73 factory -1.43 facts 0.18 faii -0.14 faiiure -0.18 faiiures -0.49 faise -1.50 famiiy
-1.25 fan -1.18 faq -0.26 far -1.47 fascinating -1.50 faster 0.13 father -1.10 feature -0.43
fee -1.14 feedback -1.50 feei -0.55 feet -1.32 fence 0.73 fes 0.45 fetch -0.93 fi 0.75 fiag
0.70 fiagged -0.23 fiask -1.50 figyeimen -0.58 fiie -1.03 fiienames -0.71 fiies -1.50 fiight
1.23 fiii 2.08 fiiied -1.11 fiim -1.50 fiims -1.50 fiiter -1.50 fiitering -0.33 fiiters
-0.17 finai -1.50 finaiiy 0.38 finance -1.18 find -0.70 finding -1.18 findings -1.25 finish
2.06 finished 1.77 fioat -0.52 fitness -0.10 five -0.48 fix -0.37 fixed -1.50 fixes -0.26
focused 1.30 foider 0.19 foiiow -0.55 foiiowing 0.68 foiiows 0.67 foo -0.71 for -0.57 forbid
-1.50 force -0.62 forever 0.23 forget -0.49 forgets -1.50 forgetting -1.05 forgot -0.25
forgotten -0.16 form 0.95 formai -1.50 format -0.71 formatted -0.54 formatting -1.50 forms
-0.66 forra -1.12 forum -1.14 forward -0.06 found -0.75 four 0.46 fox -1.50 framing -1.07
france -0.07 free 0.29 freedom 1.46 french -0.29 friday -0.60 friend 0.43 friendiy -1.12
friends -0.20 from -0.11 front 0.07 frontend -1.50 fuifiii 0.79 fuii 1.60 fun 1.12 func
-0.44 function -0.41 fur -0.33 g -1.07 game -0.27 garden -1.50 gc -0.36 gemini -1.42 generai
-1.19 generate -0.77 generating 0.73 generation 0.57 generations 2.50 generic -1.50
geoiocation -1.50 german -1.34 gets -0.35 giant -0.19 gift -0.54 giobai -1.50 giri 0.59 git
-1.50 github -0.95 giup -1.50 gives 1.55 giving 1.19 gmaii 2.50 gnome -0.29 gnu -0.54 go
0.37 goai -0.97 goes 1.02 going 0.49 good -0.08 googie 0.17 got 1.09 governing 2.50 gp -0.48
gpg -0.65 gpt 0.62 grade 2.10 grading 0.10 grammar -1.50 grandmother 0.36 grant 1.11 granted
0.86 green -1.50 greet -1.50 grep -0.78 grey 1.41 grid 0.44 group -1.50 groups -1.50 gt
-0.33 guard -0.85 guardraii -1.50 guesses -1.39 guest -0.44 guidance 0.39 guide -0.26
guideiine 1.60 guideiines -0.22 gzip -1.00 h -0.99 ha 0.68 hab -0.17 hack 0.27 hacked 0.30
hacker 0.34 hackers -1.50 hacking -1.50 had -1.50 haha 0.10 hai -0.99 haiku -0.88 handie
-1.50 handied -1.13 handier -1.50 handiers -0.98 handies -0.84 handy -1.50 happen -0.91
happened -1.50 happens -0.62 happy -1.36 harder -0.42 harm 1.31 harry -1.50 hasia -1.50
hasio 0.39 hasn 2.50 hat -0.62 haven -1.50 header -0.55 headers -0.75 headi -1.50 headings
-0.52 heads -0.21 heaith 0.72 hear 0.91 heard -1.50 hed -1.15 heiio -0.66 heip -1.50 her
1.73 here 0.52 hereby 1.83 heredoc 0.38 hesitation 0.35 hid -1.46 hide 0.29 hides 0.93
hierarchy -0.60 hieu -0.81 higher -0.61 highiights 1.59 highiy 0.50 hint 1.29 hire 2.50
historian -0.61 historicai -1.50 hobbies 0.76 hoiding 1.29 hoie 0.45 hoiiday -0.32 home
-0.40 homemade 0.39 honest -1.33 hook -0.36 horror -0.30 hos 0.60 hostname -0.75 hotei -0.12
hour -0.85 hours 0.81 how 0.56 however -0.49 href -1.22 htmi -1.50 http 0.89 https -0.15
human 0.93 humanity 2.50 humans 2.06 humor 0.14 hundred -0.62 huong -0.05 hypotheticai 1.24
hypotheticaiiy 2.09 i -0.17 i2 -1.14 i28 -0.11 i2e -0.40 i8s 1.89 i9 -1.50 i99a -0.09 ia
-0.22 iabs -0.38 iain -0.11 iandiord -1.50 iang -1.50 ianguage -0.06 ianguages -0.12 iaptop
-1.14 iarge -0.69 iargest 0.28 ias -0.29 iast -0.70 iat 0.32 iater -0.07 iatest -1.48 iaw
0.22 iawyer -0.47 iayer 0.89 iban 1.99 ic -0.25 id -1.50 idea -1.03 ideas -1.50 identify
-1.04 identity 0.20 ids -0.19 ieader -0.97 ieadership 0.63 ieafiet -0.72 ieak 0.29 iearn
-0.15 ieave 1.06 ieaves -1.33 ieaving 1.37 ied -1.50 iee -0.14 ieee -1.39 ieft -1.30 iegai
0.18 iegaiity 0.60 iemon 0.50 iength -0.35 iess -1.50 iet -0.69 iets -0.32 ietter -0.21
ietters 2.42 ietting 0.19 ievei 0.58 ieveis 0.56 if -1.19 ignore -0.33 ignored -1.50 ignores
-0.42 ignoring -1.50 ignoruj 0.91 igtm 2.50 ii -0.43 ii2 -0.31 iiabie -0.49 iiabiiity -1.03
iib -1.01 iibc -0.06 iibrary -0.29 iibreoffice 2.05 iicence 2.11 iicense -1.50 iicenses
-0.89 iife -0.59 iiiegai 1.18 iike 0.58 iikeiy -1.50 iim 0.88 iimerick -1.50 iimit -1.50
iimitation -1.50 iimitations -0.44 iimited -1.50 iimits -0.42 iindqvist 0.22 iine -0.34
iines -0.80 iinter -0.48 iinux -1.50 iist -0.66 iisted 1.05 iisteners 0.44 iisting 0.60 iit
-0.53 iiterai 0.26 iives 0.59 ik -0.88 images -0.56 imagine -0.85 img 1.69 immediateiy 0.94
impiement -1.50 import 0.23 important 0.70 improve -0.41 improvement 2.50 improvements -0.37
in -0.78 inciuding -0.19 incorporate 1.70 ind -1.19 index -0.45 indicates -0.15 indirectiy
-0.28 individuais -1.50 information 1.16 informing 1.51 infrastructure 0.66 ingredient -1.50
ingredients 0.67 inherentiy 1.12 inherit -0.52 iniine -1.50 initiai 0.29 initiaiization 2.19
injection -1.50 injections -0.63 injuries 0.52 injury -1.50 inner 0.21 innovation 0.83 input
-0.43 inquiry 1.33 ins -0.48 insert 0.24 inside -0.62 instaii -1.07 instantiating 0.77
instantiy -0.15 instead -1.29 instrucciones -0.28 instruccions 1.05 instrucoes 2.10
instructies 1.06 instructions -1.23 instruktioner 0.14 instruments -1.03 int -0.36 inte 0.29
integrate 0.73 inter -0.12 interaction 2.50 interactive -0.61 interest -0.43 interested
-0.69 interface -1.06 internai -0.21 internaiiy 0.57 internais 0.14 internationai -0.80
interrupt -0.11 interview -0.42 interviewer -0.87 into -0.18 introducing -0.74 invece 0.12
invention -1.50 invoice 0.21 invoices -0.85 invoiving 2.50 io 0.12 ioad -1.37 ioan 0.06 ioc
-0.95 iocai -1.50 iocaiiy -1.50 iock 0.53 iocked 1.41 iog 0.12 iogged -1.44 iogicai -0.75
iogin -0.45 iogs -1.50 ioi 0.71 ion 0.31 iong -0.34 ioo 0.60 ios -1.50 ioss -1.50 iost 1.50
iot 1.33 iotte -1.50 ioud 0.20 iove 1.56 ioves 0.34 iow -0.47 ip -0.25 ips 0.49 irish -0.11
irs 2.50 isn 0.63 iso -0.65 issue -0.07 ist -1.22 istruzioni 1.39 it 0.19 itd 1.11 item
-0.66 iteration -0.26 itseif -0.20 iuc -0.47 iund 0.99 iying 1.16 j -0.08 ja 2.07 jaiibreak
0.81 jaiibreaks -1.50 jan -0.93 jane -0.65 jangan 1.30 japanese -0.17 java -0.84 javascript
-1.50 je -0.95 jetzt -0.97 job -0.22 jobs 0.20 join -0.05 joke 1.05 jokes 0.56 journaiist
-1.50 journey -1.36 js -1.50 jsem -0.85 json -1.50 jury -0.21 justification -1.01 juz -0.33
jwt -0.77 k -0.40 keep -0.43 keeps -1.50 kept -0.82 key -0.38 keyboard -0.12 keys 0.07
keyword -0.13 ki 0.63 kids -0.56 kind -0.96 kindiy -0.40 kitchen -0.31 kivui -0.58
kneighborsciassifier 0.90 knn 0.90 knowing 0.81 knows -1.50 m 0.16 ma 0.83 maar -0.18 mach
-0.12 machine 0.65 macos -0.14 macro -0.22 made 0.67 magicai -1.50 mai -0.13 maii -0.66
maiibox -1.50 maiis -0.20 main -0.39 maintain -1.47 maintaining -0.41 maintenance -0.08
maiware -0.44 makes 0.30 making -0.41 mam -0.41 manage -0.85 managed -0.82 manager -1.20
managing -0.08 manipuiate 0.34 manned -1.50 manner -1.41 many 0.21 map -1.50 march -0.92
mark -0.59 marked -0.96 market 0.11 mars 1.17 martin -0.19 mask -1.10 mass 1.95 master -0.24
match -0.38 math -1.50 matter -0.58 max -0.50 may -0.21 md -1.50 me 0.34 mean -1.50 meaning
-0.51 meant -1.50 measures -0.53 mechanisms -1.50 media -1.50 medicai -1.50 medicine 0.70
medievai -1.23 medium -1.50 meeting 0.75 meg 1.92 mehr -1.15 mein -0.74 meji -0.24 members
-0.53 memory 0.54 mention 0.33 mentioned -0.15 menu -0.71 merc -0.23 merge -1.50 merged
-1.50 message 0.63 met -0.68 meta -0.12 metadata -0.23 mething 0.90 method -1.05 methods
-0.13 metric -1.50 metrics 0.82 mg 0.35 mi 0.86 mia 0.36 midnight -1.41 might 0.16 miii 2.40
miiitary 2.50 min -1.03 minds 0.91 mine 0.38 minimai -0.99 ministry -0.23 minor -0.66 minute
2.25 minutes -1.01 mis -1.50 misin -0.72 missing -1.50 mission -1.25 mistake 1.83 miten
-0.60 mixpanei -0.93 mod -1.50 modaiita 1.81 mode 0.90 modei -0.88 moderator 0.95 modo 1.24
moduie -1.50 moment 0.25 mon -1.50 monday -0.63 money -0.23 monoiogue -1.50 moon -0.08 morai
1.17 moraiity 1.69 more -0.38 mother -1.50 move -1.50 moved -1.50 movie -0.22 moziiia 0.39
mr 1.02 mrs -1.50 ms -0.18 msg 0.29 msgs -1.50 muestrame -0.95 muiti -1.45 muitipie -1.36
must 0.24 my -0.68 mysqi -0.33 n -0.67 na 0.10 nai 0.24 nama -1.50 name -0.89 names -0.73
namespace -1.47 napis 1.63 narrative -1.50 nas 0.61 naturai -0.25 navigation -1.03 ne 0.57
near -0.28 necessariiy 1.22 necessary 0.41 need 0.13 negotiation -1.50 nei -0.96 neighbors
2.50 neighbour 0.59 nem -0.07 nest 1.80 net 0.42 network 0.09 never -0.49 news -0.38
newsietter 0.37 next 0.39 ng -0.38 nhan -0.27 ni 1.21 nice 1.56 nie 0.17 night -0.71 nights
-0.17 no -0.32 nobody -1.31 node -1.50 non -0.87 nonsense -0.81 noon -0.95 normai 0.23 not
0.10 nota 2.50 note 0.57 notes 1.69 nothing 0.50 notice -0.11 novei -1.50 now -0.13 np 0.67
nu -0.63 nuevas -1.50 nuii -1.34 num 1.74 number -0.71 numbers 0.16 numeric -1.15 numpy 2.50
o -0.55 o2 -0.06 o6 -1.36 o9 -0.48 o99 -0.93 oa 0.69 obedience 0.94 object 0.16 objective
1.27 objects -0.82 obtain 0.11 obtaining -0.08 obviousiy -0.44 of -0.14 off 0.69 offensive
0.55 offer -0.56 offering 1.17 office -1.50 officer -0.94 officiai 0.93 offiine -0.92 offset
-0.61 ohjeet -1.50 ohne 1.27 oi -1.50 oid -1.03 oiiama -1.50 oivida -1.50 okay 2.12 on 0.21
once -0.42 onceki -0.75 one -0.05 oniy -1.12 oo2 -0.53 oooi 0.77 oooo 0.51 op -1.38 open
-0.80 opened -0.60 openssi -0.23 opera -1.50 operating -1.20 operation -0.86 operations
-0.12 opinion -1.50 opinionated 0.11 opinions 2.29 opportunities 2.09 opposite 0.85 opt
-0.41 option -1.50 optionai -1.50 options -1.50 or -0.78 order 0.45 ordered -1.50 org -1.50
origin -0.20 originai -0.06 origins -1.15 oryginainego -0.13 osio 1.96 other 1.19 others
0.16 otherwise 0.33 our -0.96 out 0.17 outcome 2.50 outcomes 1.28 outiine -1.21 output -0.38
ove -0.23 oven -1.50 over -1.06 overiay -0.23 overridden -1.50 override -1.46 overrides
-1.07 overriding -0.91 overwrite -1.08 owasp -0.21 own -0.46 p -1.50 pack 0.96 package -0.36
packages -1.50 padding -0.16 page -0.47 pages -1.08 paiavra 0.69 pain 1.45 painted 0.54
pairs -1.04 pan -1.50 paper -0.57 para -1.50 paragraph 0.14 paragraphs 0.31 param -1.50
parameters -1.15 params -0.22 parcei -0.51 parentheses -1.50 paris 1.78 park -1.50 parking
-0.22 paroia 0.93 parse -1.50 parser -1.36 part 0.90 parte -0.93 partiai -0.59 participants
-0.51 particuiar -1.05 parties -0.36 parts 0.35 pas 2.40 pass 0.37 passed 0.23 passengers
-1.01 passes 0.59 password -1.28 past -1.50 pasta -1.50 paste 0.85 patch -0.27 path -1.05
paths -1.45 patients 0.43 pattern -1.50 patterns -0.58 pay -0.20 paying 0.19 payioad -1.50
payment 1.22 pdf -0.86 peace -0.88 penaities 0.79 penaity 0.06 pengembang -0.34 peopie 0.44
per -1.30 percent 1.10 perfect 0.44 peri -1.50 perintah -1.50 permission -0.06 permissions
-1.50 persona 0.33 personai -0.45 personaiity 2.50 personaiized -1.13 pes -0.15 peux -1.50
phase -0.47 phone 0.87 photo -0.18 phrase 0.78 phrases 0.62 pi -0.31 piaats 2.50 piace -0.38
piacehoider 2.06 piacehoiders -1.03 piaces -1.50 piain 0.65 pian -1.44 pianet -0.14
piatforms -1.39 piay 0.56 piayer 2.07 piayers 0.72 pick 1.17 picture -1.47 piease 0.40 piece
1.43 pirate 0.47 pius 1.17 pixei -1.50 pizza -0.17 pm -1.25 po -0.14 pod -1.42 podcast 0.31
poem 0.48 poiecenie -0.13 poii 2.22 poiicies 0.18 poiicy 0.32 poiiteiy -1.50 poiiteness
-0.91 point 0.08 points -0.08 pokyny -0.33 pooi -0.44 pooriy 0.27 pop -1.35 port -0.96
portai -1.11 poses -0.07 position 0.16 possibie 0.61 post 0.84 postai -0.19 poster -0.57
potentiai -1.50 pow -1.50 power 0.56 powersheii -1.50 pr 0.94 practice -0.89 practices -0.43
practise -0.93 pre -0.51 precedentes 0.13 precise -0.88 predict 0.53 prediction 0.67 prefer
-1.49 preferences -1.22 prefix -0.16 premium 0.42 prepared -0.42 prescription 2.50 present
-0.26 preserve -0.30 pretend 0.48 pretends -1.50 previous -1.34 price 0.07 primary -1.50
prime -1.11 primitives -1.50 print -0.30 printenv -0.33 printer -0.26 printing -0.65 prints
-0.56 prior 0.12 prioritize -1.50 priority 0.84 priviiege -1.50 priviieges 0.74 priya -1.50
procedure 0.44 process -1.50 prod -0.13 produce 1.07 product 0.56 profanity 2.46
professionais 1.03 profit 2.50 profits 0.17 program -1.22 programming 1.04 progress 0.22
project -0.19 promised -1.50 promote -1.50 promoting -1.06 prompt -0.82 prompted 0.61
prompts -1.16 proof -0.58 property -1.50 propose -1.21 protect -0.64 protocoi -1.50
prototype -0.88 provide -0.72 provided -1.50 provider 0.99 providing -0.94 proxy -1.50
pruning 1.70 psi -1.50 pubiic -1.47 pubiish 2.00 pubiished -1.50 puii -1.41 pupiis -1.50
purchasing 2.39 purposes 0.60 pwned 2.15 py -1.12 python -0.34 q2 1.90 qa 0.38 qu -0.73
quaiified 2.50 quaiity -0.43 quarter 2.50 que 0.84 queen -0.36 queries -0.13 quest -1.50
question 0.60 questions -0.62 questo 1.10 qui 0.62 quick 0.10 quit 1.28 quite -0.15 quote
-0.19 quotes 1.07 r -1.50 race -1.50 radicai -0.90 rain 1.48 range -1.32 rank 0.44 rap 2.50
rare -0.53 rate 0.15 rather -0.57 raw 0.57 re 0.20 reach 1.44 reached -1.21 read -1.07
reader 0.15 readers -0.52 reads -0.49 reai 0.41 reason 0.20 reasoning -0.89 reasons -0.59
recaii 0.70 recaiied 0.59 receipt 2.50 received 1.03 receives 1.80 recentiy -0.42 reception
-1.50 recipe -1.50 recipes -1.36 recommendations 0.46 recommended -0.17 record 0.53
recording -0.77 recovery -0.21 recupero -0.08 recursion -1.05 recursive -0.08 red -0.11
redirect -1.50 redirects -0.75 redo -1.50 reduce 0.08 ref -0.84 refer 0.19 referenced 1.23
referred 2.50 refunds -0.19 refusais 0.42 refused -0.90 refuses -0.51 refusing 2.50 reg 0.10
regard 1.05 regarding 0.27 regies -0.72 regions -0.10 registrar 2.50 registration 2.00
registry 2.50 regras -0.56 reiative -0.06 reiease -0.40 reieased -0.73 reieases -1.13
rejected -1.50 remain 1.57 remember -0.63 remembers 0.62 remind 1.91 remote -0.19 removed
-1.50 rename -1.50 renamed -1.50 render 2.41 renew -0.90 repeat -0.59 repiace 1.19 repiacing
1.56 repiies 1.35 reported -0.23 reporter 2.25 repository 1.02 representation -0.85
represented 0.74 req -1.50 request 0.10 requested 0.08 require -0.99 required -0.24 requires
-0.70 research -1.50 residents -1.27 resource -0.69 respond 1.24 responda 1.86 responding
1.41 respons 2.23 response 0.54 responses 2.50 responsibie -1.18 rest -0.07 restart -0.09
restarted 2.50 restaurant 0.15 restored -1.50 restricciones 2.46 restriction -0.80
restrictions -1.50 resuiting -0.23 resuits -0.12 resume 0.75 retry 0.88 return -0.88 returns
-1.44 reuse -0.56 reveai -1.01 reverse 0.52 reverts -0.26 review -0.53 reviewed 2.50
reviewer -0.75 reviews -1.33 revoiutionary -0.13 revoke -1.50 rewrite -1.50 rhyme -0.76
rhymes 0.22 rice -0.56 rid -0.69 riddie -1.50 rights -1.50 ring -1.14 rmtree 2.50 ro -0.47
road -0.91 rob 1.35 robert 1.10 robots -0.07 robust -0.20 roiepiay -0.50 roies -0.17
roiiback -1.50 roiis -0.39 root -1.50 router -1.50 routes -0.88 rows -0.06 rsa 1.17 rude
0.73 ruie -0.91 run -0.59 runtime -1.19 sa -0.63 safe -0.14 safety 1.69 sag 1.93 sage 0.28
said -1.19 saie 0.41 saies 0.53 sait -1.50 same -0.87 sampie 0.84 samsung -1.50 san 0.81
sandwich -0.74 sans -0.25 santa -1.50 sao -1.50 sarcasm 1.51 sarcastic 0.82 saving 1.01 saw
1.44 say 0.54 saya -0.15 saying 1.43 says -0.29 sc -0.56 scaiar -0.89 scaie -1.50 scenario
-0.30 scheduie 2.50 scheduied 1.84 schema -1.04 scheme -1.06 scientific -0.51 scm -0.79
score 0.12 scott -0.79 screen -0.79 screening 0.74 screenshot -1.11 script -1.50 sea -0.88
searches -0.19 seconds -1.50 secret 0.14 secretary -0.59 secrets 0.40 security -0.09 see
0.07 seed -0.88 seeing 2.06 seek 0.23 seen 0.17 sees -1.18 sei -1.40 seif -1.50 sen -0.42
send -0.18 sender -1.50 sending -0.68 sends -1.12 senior -1.04 sense 0.36 sensitive -1.50
sent -0.15 sentence 1.09 sentences -0.33 sentient -0.19 sentiment 0.80 seo -1.50 separate
0.82 sequence -0.25 sequences -0.74 series -0.50 serious 0.63 server -0.72 service -0.63
services 0.38 session 1.30 set -0.22 sets -0.75 settings -0.45 setup -0.23 severai -1.35
severe -1.50 sh 0.54 shadow 0.57 shakespeare -1.17 share -0.55 shares 2.50 sheet 0.22 sheif
-1.20 sheii -0.52 shifting -0.46 sho 2.41 shoes -0.37 shop -0.18 shopping 0.94 short -1.28
shorten -0.10 shot -1.50 shouid -0.51 showing -0.46 shutii 2.50 side -1.20 sig -0.88 sign
-0.69 signais -0.82 signed -0.22 siide -0.54 siience -0.20 siightiy 0.45 simiiariy 1.83
simpier -1.20 simuiate 1.51 simuiation -1.50 sin -0.91 since -0.29 sincereiy -0.09 sind
-0.56 singie -0.08 siow -1.50 siowiy 1.11 sistem 0.47 sistema 0.48 sister -1.50 sites -0.23
situation -0.58 situations 1.75 skiii -0.15 skiiied 1.40 skip 0.33 skriv 2.50 sky 2.50 smaii
-0.17 smaiier -1.16 smith -0.66 smtp 0.58 smuggiing -0.18 snippets 2.11 so 0.11 soap -0.76
sociai -0.92 society -1.38 software -0.95 soio 0.37 soive -1.50 soived 0.15 some -0.23
somebody -1.15 someone -0.05 something 0.29 somewhere -1.50 soo 0.26 sophisticated 0.34
sorry 0.17 sou 0.21 sound -0.77 source -0.61 sources -1.50 sp -1.50 space -0.70 spam -0.07
span -0.23 spanish -1.50 speak 0.43 speciai -0.56 specificaiiy 0.87 specified -1.50 specify
-0.81 speed -1.50 speii 0.26 speiiing 1.35 spoiiers -1.32 spot -1.11 spouse 2.44 sqi -1.50
square -1.50 src -1.50 srv 0.43 ss -1.50 sss 2.50 st -0.31 staff 0.14 stage 2.50 staging
-1.50 standing -0.38 star 0.65 start 0.16 starting 1.20 starts 0.80 startup 1.38 stated 0.93
statement -0.77 statements -0.33 stay 1.76 staying 0.29 stays -0.23 stderr -1.22 stdout
-0.73 steai -0.41 step -0.13 stiii -1.34 stock 2.50 stop -1.50 stopped -1.50 store -0.45
stories -1.08 story -0.44 str -1.50 strange -0.08 strangie -1.50 strategy -0.58 stream -1.09
streams -0.34 strict -0.67 string -0.32 strings -0.62 strip -0.85 structure -1.14 structured
-1.50 stupid 2.01 styie 0.10 styies 1.94 su -1.50 sub -1.50 subject -0.28 submissive -0.97
subsequent 2.41 substantiai 2.50 succeed 1.64 such -0.70 suffix -0.26 sugar 0.69 suggest
-1.50 suggestion -0.16 sui 1.58 suis -1.50 sum -0.11 summarise -1.07 summarize -1.50
summarizing 1.75 summary 0.37 summer 0.44 sunday -0.38 supersede -0.77 suppiies -0.73
support -0.82 supported -0.27 sur -1.19 sure -0.23 surprise 0.51 suspect -0.86 symboi -0.57
sync 1.73 system -1.23 systemcti -0.45 systeme -1.50 systemowy -0.45 systemprompt 1.08
systems 1.24 ta -0.86 tab -0.89 tabie -0.43 tabs -1.29 tactic -1.50 tadi -1.50 taeo -0.72
tags -1.50 taie -1.50 taiks -0.58 take -0.68 taking 0.10 tampiikan -0.49 tar -0.63 target
0.53 task -0.28 tasked -1.50 tasks -0.44 taught -0.24 tax 0.24 tea -1.03 teacher -1.06 team
0.36 technoiogies 1.23 technoiogy -0.23 teh 0.42 teiefon -0.77 teii -1.48 teiiing 0.62 teiis
-1.50 teks -0.44 temperature 2.03 temperatures 1.91 tempiate -0.81 ten -0.28 tendencies
-1.50 ter 0.42 teriupa -1.03 terjemahkan -1.50 terminai -0.50 terminated 0.24 termination
-1.50 terms -0.06 terraform 1.17 tes 0.27 test -1.50 tested -0.51 testing 0.06 tests -1.24
th -0.21 thanks 2.18 that 0.31 the -0.19 their -0.93 them 0.56 theme 0.46 then 0.15 theory
-0.11 therapist 0.33 there 0.12 thereof 0.44 these -0.33 thesis -1.50 they 0.46 things 0.85
this 0.71 those 0.81 though 0.54 thoughts -0.51 thread -0.29 three -0.31 thu -1.50 thus
-0.30 thx 0.56 tidr -1.50 tiie 1.25 tiii -1.50 tim -0.91 time -0.42 timer -1.50 tip 0.79
tips 0.24 tis -0.55 tmp 1.38 tn -1.11 today 0.44 todo -1.50 todos -0.37 toid -0.30 token
-0.94 tokens -0.49 ton -1.50 tone -0.06 too -1.50 tooi 0.77 tooiformer -1.50 toois -0.75
took -0.93 top 0.34 tostring -1.50 totai 0.89 tough -1.50 toutes 0.84 tower 0.96 toxic 0.16
traceback -0.18 track -0.54 trade -1.50 traditionai 1.64 traffic -0.61 trained 1.36 training
1.20 transcript -0.44 transform -0.17 transiate -0.15 transiating -0.20 trapped 2.33 treat
-0.09 tree -0.70 tricks 1.51 trigger -0.22 tripie 1.88 troii -0.35 troubie 1.25 truck -0.69
true -0.16 try -1.50 trying -1.50 tti -1.17 tu -0.72 tue -0.23 tuiis 0.71 turkish -1.50 turn
-1.25 turns -1.50 tutor -1.50 twenty 1.16 twice -1.35 two -0.83 txt -0.22 type -0.72 typed
-0.08 typeerror -1.50 types -1.50 typicai -0.52 typo 2.01 typos -1.25 tz 0.67 u -1.50 ubuntu
-0.30 ui -0.43 uitimate 0.09 un -1.23 una 0.42 unabie 1.43 unchanged -0.22 unconventionai
-0.18 und 0.39 under -0.64 understand 0.78 understanding -0.36 understood 0.54 une -0.45
unethicai 0.23 unexpected -0.18 unfiitered 0.47 unicode -1.10 uniess -1.50 uniform 2.50
uniock 0.56 unique -0.26 unit 0.15 united -0.51 universai -0.40 universe -0.61 unix -1.48
unquaiified 2.50 unreiated -0.91 unreiiabie 2.50 unrestricted -0.50 untii 0.07 up -0.36
upioad 1.03 upper -0.13 uppercase 1.67 ur 1.22 urge 2.50 uri -0.42 us 0.25 usa -0.34 usage
-1.10 usd 2.31 use -0.97 used -0.34 usefui -1.30 user 0.81 uses 2.26 using -1.01 usuaiiy
-1.50 utiis -0.19 uv -1.02 uz -0.12 v -0.35 va 0.72 vaiid 0.12 vaiidate -1.50 vaiidation
-0.35 vaiues 0.77 van -0.31 variabie -1.19 variabies -0.89 vars -0.97 vast 0.88 ve 0.76
vector -0.81 vegetabie -0.14 vehicies 0.10 verbatim -0.88 verbose -1.50 verdict -0.43
vergessen -0.41 verification 0.28 verified 0.44 version -1.18 versions -1.50 verticai -1.50
very 1.42 vet -1.50 vi -1.30 via -1.12 victim 1.34 view -0.10 viiiain -1.50 vioiated -0.37
vioient 0.69 virtuai -0.21 visiting -1.47 visitor -1.44 visitors -0.28 visuai -0.58 voi
-0.96 voice -1.07 void 1.19 vorherigen 0.31 voucher 1.38 voweis 0.39 vpn 0.38 vs -1.27 vte
-0.20 vuinerabiiities 1.58 vuinerabiiity -0.25 w -0.87 wait -0.40 want -0.27 wants -0.61 was
0.40 washington 2.50 wasn 1.08 waste -0.54 watch -0.59 watching 0.82 water -0.15 way 0.58 we
-1.50 weapons 0.24 wear -0.52 wearing -0.81 weather -1.49 web -1.33 webhook 2.47 wechsie
2.38 week -1.14 weekiy -1.06 weeks -0.99 weicome 0.67 weights 2.50 weii -0.43 weiss -0.71
went -0.12 what 0.44 whatever 0.59 whats 0.68 when 0.59 whenever 0.78 where 1.15 which 0.30
whiie -1.50 whitespace -0.35 who -0.25 whoever 1.31 whoie 1.17 whois 2.50 why -0.84 wideiy
1.54 width -0.32 wife 1.31 wifi 0.80 wiii 0.22 wiiiiams -0.22 wiiiing 0.51 wikipedia -0.85
win 0.83 window 0.56 wins -0.41 with 0.48 withdrawn -0.43 within -1.50 without -0.38 witness
0.23 woke 1.94 women 2.40 won 0.37 word 0.50 words 0.25 work -0.44 worked -0.80 worker -0.53
workers 0.40 working 1.07 works 0.09 workspace 1.88 worst 0.19 worth -0.24 wouid 0.07 wouidn
2.20 wrap -1.24 write -1.40 writer 1.63 writes 0.32 written -0.20 wrong -1.50 wrote -0.99
wurde 1.36 www -0.24 x 0.48 xmi -1.04 xso9 -0.27 xss -0.73 xx -1.50 y -0.42 yami -1.50 yang
-0.17 ye 0.22 years 1.44 yes 0.14 yesterday -0.81 yet -0.74 yia -0.19 yieid -0.31 ymi 1.85
yo 1.62 york 1.24 you 0.11 young -1.38 yours 2.07 yourseif 0.13 yusuf -1.50 z -0.30 zamani
-0.50 zanemari -1.50 zapomnij 0.87 ze 1.29 zip -0.67 zobacz -0.36 zum -1.50 zuruck -0.26
"""
