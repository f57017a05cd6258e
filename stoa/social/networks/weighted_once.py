"""Top-level domains that were: taken out of the root since 2017, or never in it, and still taken for links by X (see `weighted`)."""

WORDS = """
abarth active adac afamilycompany aigo alfaromeo an avianca bananarepublic bentley bl blanco bnl boots bq budapest bugatti
cancerresearch cartier caseih cbs ceb chloe chrysler cityeats comcast cookingchannel csc dabur dodge doha doosan duck dunlop duns
eh epost esurance etisalat everbank fiat flsmidth foodnetwork frontdoor fujixerox glade goo goodhands guardian helsinki hgtv
honeywell hoteles htc iinet intel iselect iveco iwc jcp jlc juniper kerrylogistics kinder ladbrokes lancaster lancia lancome
liaison linde lipsy lixil loft lupin macys maserati mcd mcdonalds meo metlife mf mobily montblanc mopar movistar mtpc mutual
mutuelle nadex nationwide natura newholland northwesternmutual off oldnavy onion onyourside orientexpress pamperedchef panerai
passagens piaget pramerica qvc raid redstone rightathome rmit rocher sapo sca scjohnson scor ses shaw showtime shriram spiegel
spreadbetting srt starhub statoil swiftcover symantec telecity telefonica tiffany tp travelchannel uconnect um vista vistaprint
volkswagen vuelos warman wolterskluwer xfinity xperia zippo اتصالات موبايلي 大众汽车 工行 手表 珠宝 诺基亚
"""
ONCE = frozenset(WORDS.split())
