"""English as prompts and answers have it, written by hand: endings, words, turns of phrase.

Part of the built-in dictionaries, so it never changes once released. The rarer stands first:
what stands last is the cheapest to name.
"""

from __future__ import annotations

RAREST_1 = """\
 abandoned abstract academic accelerate acceptable accessible accommodate accompanied\
 accomplish accordingly accountability accurate acquisition adaptation adequate\
 adjustments administration administrative admission adoption adventure advertising\
 advocate aesthetic affordable aggregate agreement agriculture airport album allocation\
 ambitious amendment ancient anniversary announcement annual anonymous antibiotics\
 anticipate anxiety apartment apparent appearance appetite appointment appreciate\
 apprentice approval aquatic arbitrary archaeological architect arrangement arrested\
 article artist aspects assembly assessment assets assignment assistance astronaut\
 athlete attempt attitude attract attributes audience audit authority autonomous\
 aviation awareness bacteria bandwidth bankruptcy barriers baseball basketball battery\
 battle behave beneficial beverage biodiversity biological blockchain blood boundaries\
 brain brand bridge broadcast browser budget bureau butter cache calendar calories\
 camera cancel cancer candidate capacity carbohydrates carbon cardiovascular career\
 carefully caution celebrate cell ceremony chapter charge charity chart checkout cheese\
 chef chemistry chest chicken childhood cholesterol chronic church cinema citizens\
 civilization clarify classical classroom clinical closely clothing cluster coach coast\
 coffee cognitive coherent colleagues college colonial colorful column combine comedy\
 comment commitment committee compact compelling compete compile complaint complement\
 complexity compliance compose compromise compute concept concern concert conclude\
 concrete conduct conference confidence confirm conflict confusion congress conscious\
 consensus conservation consistency constitute consultation consume contact contain\
 contest continent continuous contract contrast contribute controversial convenient\
 convert convince cooking coordinate copyright corner correction corruption cost cotton\
 council counsel coverage crash creature credentials credit crew crime crisis critique\
 crops crossing crowd crucial crystal cultivate curiosity curious current custom cyber\
 cybersecurity cycle daily damage dance danger dashboard dataset debate debt decade\
 decline decorate dedicated defense deficiency degree delay delete deliberate delicate\
 demand democracy density dental depression depth derive desert deserve desire desktop\
 destruction detect developer diabetes diagnosis dialogue diet differentiate dinner\
 diplomatic disability disaster discount discover display disrupt dissolve distinct\
 distributed dividend division doctor dollars domain donate download draft drama drawing\
 dream drink drought duration earnings earthquake eating eclipse ecological ecosystem\
 editor efficient elaborate election elegant elevator eligible eliminate email embedding\
 embrace emergence emission emperor empire employment enable encounter encryption\
 endangered endpoint enjoy enormous ensure enthusiasm entity entrance entrepreneur\
 enumerate episode equality equation equity era erosion error essay estate ethical\
 ethics ethnic evaluate evening everyday evolve exact examine exceed exchange exclude\
 exclusive execute executive exhibition exist exotic expand expense expose express\
 extend extensive extract extreme fabric facilitate factory failure faith fantasy\
 fashion fatigue favorite federal feedback fever fiber fiction field fight filter\
 finance fintech fitness flavor flight flood flour flow flower focus follow football\
 forest forgive formal format formula fortune fossil fragment fraud freedom freshwater\
 friction fruit fuel function fundraising fungi furniture future gain galaxy gallery\
 gather gender gene genetic genre gesture giant glacier glass goal gold govern grade\
 gradient graduate grain grant graph gravity greenhouse grocery gross ground growth\
 guard guest guide guitar habitat habits handle happiness harbor harm harmony harvest\
 healing healthy hearing heating height helicopter helpful hiking hire hobby holiday\
 honest honey horizon hormone horror horse hospital hostname hotel hour humor hunger\
 hurricane hybrid hydrogen hygiene ideal ideas illegal illness imagine immigrants immune\
 imply import impress inclusive income index inequality inference inflammation inflation\
 inform ingredient inherit injury innocent innovative input inquiry insert insight\
 inspect inspire instance instant integer integrity intensity intent interactive\
 intermediate interrupt interval interview invent inventory invest invite iron isolation\
 issue item iteration jazz jewelry joint journal joy judge juice jump jungle junior\
 justify kernel kidney king knight label labor lake laptop laser latency latitude launch\
 laundry law layer leader leaf league lecture legal legend lemon length lesson letter\
 liability liberal license lift limit linear link liquid listen literacy liver loan\
 logic logical logistics longitude loss loyalty lunch machine magazine magic maintain\
 major male malicious mammals manage manner manual margin marine mark marriage mass\
 master match maximize mayor measure meat mechanical media meditation meeting melody\
 member mention menu merge merit metabolism metadata metal metaphor meteorology metrics\
 microphone migration military milk mindfulness minerals minor miracle mirror missing\
 mistake mixture mobile modify module molecule moment money monitor monthly mood moral\
 morning mortgage motion motivation motor mountains mouse mouth multilingual multiply\
 multimodal muscle mutual myth namespace nation navigate nervous networking neutral news\
 nitrogen noise normal notable notebook notice novel nuclear number nurse nutrients\
 object obtain obvious occur oceans offense offer office official online openness\
 operate operator opinion opponent opposite optical optimal optimistic optimize options\
 oral orbit orchestra organic organism organize orientation outcome outdoor outline\
 overcome overview oxygen package pain paint palace panel paradigm paragraph parallel\
 parent park participate passenger passion passive patent path patient pattern payment\
 peaceful peak peer penalty perceive percent period permanent permit persist personal\
 persuasive pharmaceutical phase phone photo photosynthesis phrase physician physics\
 piano picture pilot pipeline planet plastic player playlist pleasure plot poem poet\
 poetry point policy polite political pollution pool port portfolio portion portrait\
 possess poverty power praise precision predict pregnancy premium prescription preserve\
 president prestigious prevent price primary prime print prison private prize probe\
 proceed processor produce professor profile profit profound programmer prohibit\
 prominent prompt proof proper proposal prosperity protein protest prototype proud prove\
 province psychological publish pull punctuation punishment puzzle python quarterly\
 queen quest queue quick quiet quiz quote race radio rainfall raise range rank rapid\
 rate ratio raw reach readable readiness realistic reality reason rebuild recall recent\
 recipe reciprocal recommend record recover recruit recursive recycling redirect reduce\
 redundant refer refine refrigerator refuse regime region register regret regulate\
 reject relate relative relax relevant relief reluctant rely remain remarkable remember\
 remind remote remove render repair repeat replace replicate report republic rescue\
 reservation reside resilience resistance resolution resolve resort respect respective\
 responsive rest restore restrict retail retain retirement retrieve return reveal\
 revenue reverse review revise reward rhythm rich rights rigorous risk ritual rival\
 robot robust rocket romantic route royal rural sacred safe safety salary sales salmon\
 sample sanctions sandwich satisfy sauce savings scale scan scared scatter scenario\
 scenic scholar scope score screen script sculpture seasonal seat secret section sector\
 secure seed segment select semantic senior sentence sentiment serialize series serious\
 serve server session settings settle severe shade shadow shape share sharp sheet\
 shelter shift ship shopping shoulder shower signal signature silence silver sing sister\
 site skill skin sleep slice slight smart smoke smooth snippet snow soap soccer sodium\
 soil solar soldier solid solve song sort soul sound soup source southern space\
 spacecraft speaker spectrum speech speed spend spice spirit split sponsor sport spread\
 spring stable stadium staff stage stakeholders stamp statue status steel stem stick\
 stimulate stock stomach storage store storm strain strange stream stress stretch strict\
 striking stroke structural struggle studio style submit subscribe subsequent subset\
 substitute subtle subtract suburban succeed suffer sugar suggest suitable summer\
 sunlight supervisor supplement supply suppose surgery surprise surround survey survival\
 suspect sustain sweet swim switch symbol sympathy symphony syntax synthetic systematic\
 table tablet tackle talent target taste tax taxi teach team tear telescope template\
 temple temporary tension terminal terms terrain terrible test textile texture theater\
 theme theory therapy thermal thesis thick thread threat threshold thrilling throw\
 ticket tidal timeline timestamp tiny tired tissue title tolerance tomato tone topic\
 torch total touch tough tourism tourist toward tower toxic track trade trail train\
 trait transfer transform transit transparent trap trauma travel treasure treat treaty\
 tree trend trial tribe trigger tropical trouble trust truth tune tutorial twist typical\
 ultraviolet uncertain uncle undergo underlying uniform union unit unity unknown unlike\
 update upgrade upload upper urban urgent usage username utility vacation vaccine valid\
 validate valley vector vegetable vegetation venture verb verify vertical veteran viable\
 victory video view village violence viral vision visit visitor visual vital vitamin\
 voice volcano voltage volunteer vote voyage wages walk warm warning waste watch wave\
 wealth weapon wearable website wedding weight welcome welfare western wheel whole\
 wholesale wide wild win wind window wine winner winter wireless wisdom witness wood\
 workload workplace workshop worry worth wrap writer wrong yield yoga young youth zero\
 zone"""

PROMPTS_1 = """\
You will be given a question and a set of documents. Use only the information provided\
 in the context to answer. Use the following pieces of context to answer the question at\
 the end. If the answer is not in the context, say "I don't know" and do not try to make\
 up an answer. Your goal is to help the user by providing accurate and helpful\
 information. Always respond in the same language as the user. Keep your answers short\
 and to the point, using a friendly tone. Be concise and professional. Do not repeat the\
 question. Do not use markdown. Return only valid JSON with the following keys: Return\
 the result as a JSON array of objects. Do not wrap it in a code block. Output format:\
 Input: Output: Example: Note: Important: Rules: Instructions: Constraints: Context:\
 Task: Role: Goal: Question: Thought: I need to Action: Action Input: {"Observation:\
 Final Answer: Begin! Use the following format: the question you must answer; you should\
 always think about what to do; the action to take, should be one of the tools; the\
 input to the action; the result of the action; this can be repeated several times; I\
 now know the final answer. You have access to a set of functions you can use to answer\
 the user's question. Only call a function when it is needed, and ask for clarification\
 if a request is ambiguous. Don't make assumptions about what values to plug into\
 functions. You are a coding assistant. You are a customer support agent for an online\
 store. You are an experienced data analyst, researcher, teacher, editor, translator and\
 writer. Write a Python function that takes a list of integers and returns the sum of\
 all even numbers. Write a SQL query to find all customers who ordered in the last\
 month. Write unit tests for this function. Refactor the code below to improve\
 readability and performance. Explain how it works step by step. Fix the bug in this\
 code: Create a plan with numbered steps to complete this task, including the expected\
 result of each step. Evaluate the quality of the response on a scale from 1 to 10,\
 based on completeness, accuracy and overall quality, and give reasons for your score.\
 Classify the sentiment of the following review as positive, negative or neutral.\
 Extract the name, date and location from this text. Rewrite this sentence in a more\
 formal style. Give me five ideas for a birthday party. Compare the advantages and\
 disadvantages of both approaches. What are the main differences between these two? What\
 are the benefits of regular exercise? What is the meaning of life? What is the largest\
 city in the world? What is the square root of 144? How do I cook rice? How does\
 photosynthesis work? Why is the sky blue? When was the first computer built? Where can\
 I find more information about this? Which of these is the best option for a small\
 business? Who wrote this book? Can you explain that in simple terms? Can you give me an\
 example? Could you please provide more details? Please provide a detailed summary of\
 the article below, including key points and conclusions. Please answer with yes or no.\
 I would like to plan a trip to Italy for two people next summer with a budget of 3000\
 dollars. I have a meeting tomorrow at 10 a.m. and need to prepare a presentation. My\
 order number is 12345 and it has not arrived yet. Thanks for your help. Previous\
 conversation: Conversation history: The current date and time is The user's name is The\
 system should return an error message when the file does not exist. """

RARER_1 = """\
 achieve achievement acknowledge activities additional advantages algorithm alternative\
 ambiguous analysis analyze applications appropriate approximately architecture argument\
 artificial intelligence associated assumption atmosphere attention authentication\
 automatic available average background balance beautiful behavior believe benefits\
 biology boundary breakfast brilliant business calculate calculation campaign\
 capabilities category century certain challenges character characteristics chemical\
 chocolate circumstances climate collaboration collection combination comfortable\
 commercial communication communities companies comparison compatible competition\
 complicated component comprehensive computer concentration conclusion condition\
 configuration connection consequences considerations consistent constraints\
 construction consumer contemporary contribution control conventional conversation\
 cooperation corporate correlation correspond creative criteria critical cultural\
 currency curriculum customer database deadline debugging decision decrease definition\
 delicious delivery demonstrate department dependencies deployment description\
 destination determine development devices diagram dictionary difference difficult\
 digital dimensions direction directory disadvantages discipline discovery discussion\
 disease distance distribution diversity document documentation domestic dramatic\
 driving dynamic economic education effective efficiency electricity electronic elements\
 emergency emotional emphasis employee encourage energy engagement engineering enhance\
 enterprise entertainment environment equipment equivalent especially essential\
 establish estimate evaluation eventually evidence evolution excellent exception\
 excitement execution exercise existence expectations expensive experience experiment\
 expertise explanation exploration expression extension external facilities familiar\
 fascinating features financial flexible following forecast foreign formation foundation\
 framework frequency friendly functional fundamental furthermore garden generation\
 geographic global government gradually grammar guarantee guidance guidelines hardware\
 healthcare heritage hierarchy highlight historical household however human humidity\
 hypothesis identify identification illustrate imagination immediate impact\
 implementation implications importance impossible impressive improvement incorporate\
 increasingly incredible independent indicate individual industrial influence\
 infrastructure ingredients initial innovation inspiration installation institution\
 instructions instrument insurance integration intellectual intelligent interaction\
 interest interface internal international interpretation introduction investigation\
 investment involved journey judgment justice keyboard kitchen knowledge laboratory\
 landscape language leadership legislation library lifestyle limitations literature\
 location machine learning magnificent maintenance management manufacturing market\
 material mathematics maximum meaning measurement mechanism medical memory mental\
 methodology minimum minutes mission moisture monitoring mountain movement multiple\
 museum musical mysterious narrative national natural navigation necessary negative\
 network neural nevertheless notification nutrition objective obligation observation\
 obstacles occasionally opportunities optimization ordinary organization original\
 otherwise outstanding overall ownership packages painting parameters particular\
 partnership password patience patterns perception percentage perfect performance\
 permission personality perspective phenomenon philosophy photograph physical platform\
 popular population positive possibilities potential practical practice precipitation\
 precise preference preparation presence presentation preserve pressure prevention\
 previous principle priority privacy probability procedure production professional\
 programming progress project promote property proportion protection protocol provide\
 psychology publication purchase purpose qualifications quality quantity quantum\
 questions radiation random reaction reasonable receive recognition recommendation\
 reduction reference reflection regarding regional registration regular regulations\
 relationship relatively release reliable religious renewable representation reputation\
 requirements research resources respond responsibility restaurant restrictions\
 revolution routine satellite satisfaction schedule science scientific security\
 selection sensitive separate sequence several significant similar simple situation\
 social society software solution something sometimes sophisticated specialized species\
 specific stability standard statement statistics strategies strength structure student\
 subject substance successful sufficient suggestions summary sunny support surface\
 sustainable symptoms synthesis technical techniques technology temperature tendency\
 territory theoretical therefore thoughts throughout together tomorrow tradition traffic\
 transaction transformation translation transmission transport treatment typically\
 ultimately unable understanding unfortunately unique universe university unusual\
 updated valuable variable variety various vegetables vehicle version virtual vision\
 visualization vocabulary volume vulnerable weather website whatever whether wildlife\
 wonderful workflow yesterday"""

COMMON_1 = """\
 0 1 2 3 4 5 6 7 8 9 10 11 12 15 20 25 30 50 100 1000 2020 2021 2022 2023 2024 2025\
 January February March April May June July August September October November December\
 Monday Friday Sunday America Europe Germany India China Japan London Paris, France San\
 Francisco, CA New York City United States English Spanish French Python JavaScript  red\
 blue green white black morning evening night week month year years hours day days\
 family friends children people person world water food house money music story book\
 movie game school city country river island ocean animals plants cats dogs birds body\
 mind heart hand eyes head  started turned found heard looked walked moved opened became\
 called told asked thought felt knew saw went came took gave made said was were had been\
 being having doing going getting making taking using working looking trying coming\
 playing running writing reading learning building creating providing including\
 following based related required needed expected allowed called given known used\
 different important better best good great large small little long short high low early\
 late old new young first second third last next final main major full whole real true\
 false right left easy hard fast slow strong free open clear simply likely probably\
 actually really usually often always never again still already also just only even more\
 most many much few less least each every both either another other others such same own\
 too very quite rather error: expected value function returns string number integer\
 boolean object array list item key data code file line text type name class method call\
 result output input test example answer question problem message response request user\
 assistant model tool search query check step \\n\\n**\\n\\n1. **\\n2. **\\n3. **\\n-\
 **:** \\n   - \\n\\n### \\n\\n## Step 1: \\n```python\\ndef (self):\\n        return\
 \\n    if \\n    for i in range(\\nimport \\n\\n```\\n\\n\\\\( \\\\) = \\"  Sure!\
 Here's an example of how you can use this: Certainly! Let me know if you have any other\
 questions or need further assistance. Is there anything else I can help you with today?\
 I'm here to help! It seems like there might be In summary, On the other hand, As an AI\
 language model, I don't have access to real-time information. However, I recommend\
 checking a reliable source for the most up-to-date information. Here are some of the\
 key points to consider: This is because the user is asking for a simple Okay, let's\
 see. The user wants me to Wait, but I should make sure that Let me think about this.\
 So, the answer should be First, I need to figure out what the  one of the most and the\
 in the to the on the for the from the with the by the at the of the  that is it is\
 there is there are this is you are they are we can you can will be can be to be has\
 been have been would be should be could be may be not be as well as in order to such as\
 due to because of according to more than less than at least rather than instead of up\
 to out of part of number of lot of kind of between through during before after while\
 where when which who whose what why how then than their there these those they them\
 your you're you'll I'll I've it's its his her she he him our we us my me into over\
 under about around against within without across along since until though although but\
 so if or an any all some no not can could would should may might must do does did has\
 have get make take give find use help need want know see think say go  like time way\
 out up now here with from this that for are was be on as at by it is you I in a to  and\
 of the. The, and the"""
