"""English as prompts and answers have it, written by hand: endings, words, turns of phrase.

Part of the built-in dictionaries, so it never changes once released. The rarer stands first:
what stands last is the cheapest to name.
"""

from __future__ import annotations

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
