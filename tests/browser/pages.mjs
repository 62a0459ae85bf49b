// Every page there is, in each state that looks different, and in each language. A page for those who signed in has a line
// in `signedIn`; add yours there.

const ANSWERS = "why=skills&why=confidence&context=first+job+in+an+agency&q=social+media&offer=intro_15&bring=Patience";
const LANGUAGES = ["de", "fr", "es"];

const signedIn = ({ ids, request }) => [
    ["me", "/me"],
    ["me-saved", "/me?saved=language"],
    ["me-erase", "/me/erase"],
    ["requests", "/requests"],
    ["request", `/requests/${request.id}`],
    ["ask", `/mentors/${ids.bo[0]}/ask`],
    ["listing", "/listing"],
    ["listing-edit", "/listing/edit"],
    ["listing-erase", "/listing/erase"],
];

// The registrar's desk speaks English alone.
const desk = [
    ["desk", "/desk"],
    ["desk-listings", "/desk/listings"],
    ["desk-import", "/desk/import"],
    ["desk-introductions", "/desk/introductions"],
    ["desk-organisations", "/desk/organisations"],
    ["desk-trust", "/desk/trust/open"],
    ["desk-invitations", "/desk/invitations"],
    ["desk-rights", "/desk/rights"],
    ["desk-mail", "/desk/mail"],
    ["desk-people", "/desk/people"],
    ["desk-audit", "/desk/audit"],
];

export const every = ({ ada, empty, ids, walker, request }) => {
    const at = (name, path, more = {}) => ({ name, url: ada.url + path, status: 200, lang: "en", ...more });
    const [yes, explore, ask, no] = request.links;
    const spoken = [
        at("start", "/"),
        at("need", "/need"),
        at("told", `/?${ANSWERS}`),
        at("mentor", `/mentors/${ids.ada[0]}`),
        at("nobody", "/?q=zeppelin&country=GB"),
        at("about", "/about"),
        at("privacy", "/privacy"),
        at("complaints", "/complaints"),
        at("rights", "/rights"),
        at("sign-in", "/sign-in"),
        at("sign-in-link", `/sign-in/${"a".repeat(52)}`),
        at("act-yes", yes),
        at("act-explore", explore),
        at("act-ask", ask),
        at("act-no", no),
        at("act-pause", request.links.at(-3)),
        at("act-leave", request.links.at(-2)),
        at("act-mail", request.links.at(-1)),
        at("unknown", "/mentors/nobody", { status: 404 }),
        at("act-unknown", "/act/abc", { status: 404 }),
        ...signedIn({ ids, request }).map(([name, path]) => at(name, path, { cookie: walker.cookie })),
    ];
    const translated = LANGUAGES.flatMap((lang) => spoken.map((page) => {
        const here = `${page.url}${page.url.includes("?") ? "&" : "?"}lang=${lang}`;
        return { ...page, name: `${page.name}-${lang}`, url: here, lang };
    }));
    return [
        ...spoken,
        ...desk.map(([name, path]) => at(name, path, { cookie: walker.cookie })),
        at("need-again", `/need?${ANSWERS}&language=fr&available=true`),
        at("found", "/?q=social+media+for+PR"),
        at("everybody", "/?q="),
        at("filtered", "/?q=writing&language=de&country=DE"),
        at("second", "/?offset=20"),
        at("refused", `/?q=${"a".repeat(300)}`, { status: 422 }),
        at("mentor-hebrew", `/mentors/${ids.ada[1]}`),
        at("mentor-arabic", `/mentors/${ids.bo[0]}`),
        at("mentor-long", `/mentors/${ids.bo[2]}`),
        at("mentor-trainee", `/mentors/${ids.bo[3]}`),
        { name: "empty", url: `${empty.url}/?q=`, status: 200, lang: "en" },
        { name: "empty-start", url: `${empty.url}/`, status: 200, lang: "en" },
        ...translated,
    ];
};
