"""What each role may read on any page, in any file and any answer of the API, from the table of roles in
`docs/architecture.md`, `docs/co-management.md` and `docs/api.md`. Names of things: `words.py` and `World.seen_in`.
"""

PUBLIC = {
    *("session spb", "session shared", "session kem"),
    *("speaker spb", "speaker guest", "speaker kem"),
    *("plant azot", "plant kru"),
}
"""Released and consented to."""
PEOPLE = {"anna", "boris", "galina", "nina", "pavel", "vera"}
"""Who has applied; drafts are nobody's business, and the past edition is over."""
NUMBERS = {f"{person}#" for person in PEOPLE}
ADDRESSES = {f"{person}@" for person in PEOPLE}
LISTED = {f"{person}{kind}" for person in ("rita", "yan", "zoya") for kind in ("", "#")}
"""Written down by the head; they have sent nothing."""
PHONES = {"device chk", "device sup", "device org", "device exp"}
DRAFTS = {"session spb-draft", "session kem-draft", "session tom-draft"}
PROPOSALS = {"proposal spb", "proposal kem", "proposal tom"}
RUNS = {"slot azot", "slot kru", "slot full"}
_PRIVATE: dict[str, set[str]] = {
    "app": {"lev-draft", "lev-draft@", "lev-draft#"},
    "anna": {"answer why", "answer diet", "anna", "anna@", "anna#", "anna-draft", "anna-draft@", "anna-draft#", *RUNS},
    "boris": {"boris", "boris@", "boris#", *RUNS},
    # Those whom they look after, and of everybody of their delegation name and number, never the address.
    "head": {"galina", "galina@", "galina#", "nina", "nina@", "nina#", "anna", "anna#", *LISTED},
    "uz": {"boris", "boris#"},
    # Of answers to questions those of its role.
    "off": {
        "answer why",
        "invited olga",
        *LISTED,
        "grant head",
        "grant uz",
        "driver valid",
        *PEOPLE,
        *NUMBERS,
        *ADDRESSES,
        *PHONES,
        "job off",
        "letter anna",
        "token off",
    },
    # Of people seated in sessions: name, organisation, category.
    "prog": {*DRAFTS, *PROPOSALS, "speaker quiet", "anna", "boris"},
    "vis": {*RUNS, "answer diet", "anna", "boris", "vera", "anna#", "boris#", "vera#"},
    "spb": {"session spb-draft", "proposal spb", "proposal kem", "anna", "anna#"},
    "tom": {"session tom-draft", "proposal tom"},
    "chk": {"device chk"},
    # Whoever has agreed to something.
    "prv": {*PEOPLE, *NUMBERS},
    # Who wants to film in their plant, once it was put to them.
    "azot": {"anna", "anna#"},
    # What their own role is limited to.
    "esc": {"slot azot"},
    # Who signs on paper.
    "sup": {*PHONES, "anna", "anna#", "zoya", "zoya#"},
    "org": {
        *LISTED,
        "rita@",
        *PEOPLE,
        *NUMBERS,
        *ADDRESSES,
        *PHONES,
        *DRAFTS,
        *PROPOSALS,
        *RUNS,
        *("speaker quiet", "job off", "job org", "letter anna", "letter account"),
        *("answer why", "answer diet", "invited olga", "driver valid"),
        *("grant view", "token off", "token org"),
        *("answer why", "answer diet"),
        *("grant view", "grant head", "grant uz", "token off", "token org"),
    },
}
_ROLES = "anon app anna boris head uz off prog vis spb tom azot kru esc chk sup prv view exp past 1fa org"
MAY_READ = {role: PUBLIC | _PRIVATE.get(role, set()) for role in _ROLES.split()}
