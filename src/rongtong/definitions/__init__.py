"""What is data here (fields, rulebooks, duties, workflows), and the language that it is written in.

    catalogue()["revenue"].label                        # 营业收入: every fact that the engines know of
    Slot.parse("revenue[2021]")                         # the address of one fact of a firm
    condition("revenue >= 10000000", FirmScope(...))    # the small checked language of conditions
    read(path).parse(Model)                             # the one loader: errors name file and line

``editions`` says which edition holds on a day. Nothing here knows of firms or of a clock.
"""
