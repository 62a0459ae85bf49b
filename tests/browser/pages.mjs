// Every page there is, in each state that looks different, and in each language. A page for those who signed in has a line
// in `signedIn`, one of the desk in `desk.mjs`; add yours there. A line is its name, its address, and what more there is
// to it: who looks, the status, what is done on it before it is looked at.

import { desk } from "./desk.mjs";
import { leads } from "./hand.mjs";
import { day } from "./scenes.mjs";

const ANSWERS = "why=skills&why=confidence&context=first+job+in+an+agency&q=social+media&offer=intro_15&bring=Patience";
const LANGUAGES = ["de", "fr", "es"];

// Types into fields and presses a button, past what the browser itself would refuse: the page must say it, too.
export const sends = (fields, button = "main form:last-of-type button") => async (page) => {
    for (const [field, value] of Object.entries(fields)) {
        const target = page.locator(field).first();
        await (await target.evaluate((part) => part.matches("select")) ? target.selectOption(value) : target.fill(value));
    }
    const target = page.locator(button).first();
    await target.evaluate((part) => { part.form.noValidate = true; });
    await leads(page, () => target.click());
};

// Asks for a link to sign in, each time for somebody else: nobody is sent many.
let asked = 0;
const asks = (page) => sends({ "#email": `nobody${asked += 1}@example.org` })(page);

// Shows what is folded up.
const unfolds = async (page) => {
    for (const part of await page.locator("main details").all()) {
        if (!await part.evaluate((one) => one.open)) await part.locator("summary").first().click();
    }
};

const unfoldsAnd = (then) => async (page) => {
    await unfolds(page);
    await then(page);
};

const DRAFT = () => ({
    "#title": "A first campaign, and where to begin",
    "#purpose": "I move from accountancy to public relations and would like to hear how you began.",
    "#why_you": "Your podcast about the bad days.",
    "#time_zone": "America/New_York",
    "#slot-1": `${day(9)}T09:30`,
    "#slot-2": `${day(10)}T15:00`,
});
const PREVIEW = "button[value=preview]";

const open = ({ ids, links, over, invitation, reference }) => [
    ["start", "/"],
    ["need", "/need"],
    ["told", `/?${ANSWERS}`],
    ["mentor", `/mentors/${ids.ada[0]}`],
    ["nobody", "/?q=zeppelin&country=GB"],
    ["about", "/about"],
    ["privacy", "/privacy"],
    ["complaints", "/complaints"],
    ["rights", "/rights"],
    ["rights-about", `/rights?mentor=${ids.bo[0]}`],
    ["rights-wrong", "/rights", { status: 422, then: sends({ "#name": "Ada", "#reply": "nowhere" }) }],
    ["rights-filed", `/rights/${reference}`],
    ["sign-in", "/sign-in"],
    ["sign-in-wrong", "/sign-in", { status: 422, then: sends({ "#email": "nowhere" }) }],
    ["sign-in-asked", "/sign-in", { then: asks }],
    ["sign-in-link", `/sign-in/${"a".repeat(52)}`],
    ["sign-in-used", `/sign-in/${"a".repeat(52)}`, { status: 404, then: sends({}) }],
    ["act-yes", links[0]],
    ["act-explore", links[1]],
    ["act-ask", links[2]],
    ["act-ask-wrong", links[2], { status: 422, then: sends({ "#said": "Call me: +44 20 7946 0958" }) }],
    ["act-no", links[3]],
    ["act-over", over[0]],
    ["act-pause", links.at(-3)],
    ["act-leave", links.at(-2)],
    ["act-mail", links.at(-1)],
    ["act-consent", invitation[0]],
    ["act-edit", invitation[1]],
    ["act-decline", invitation[2]],
    ["unknown", "/mentors/nobody", { status: 404 }],
    ["act-unknown", "/act/abc", { status: 404 }],
];

const signedIn = ({ ids, walker: { cookie }, requests, drafted, away }) => {
    const of = (fate) => ({ cookie: requests[fate].mentee.cookie });
    const mentor = (fate) => `/requests/${requests[fate].id}?side=received`;
    const mentee = (fate) => `/requests/${requests[fate].id}?side=sent`;
    const wrong = (name, fate, fields, button) =>
        [`request-${name}-wrong`, mentor(fate), { cookie, status: 422, then: unfoldsAnd(sends(fields, button)) }];
    return [
        ["me", "/me", { cookie }],
        ["me-saved", "/me?saved=language", { cookie }],
        ["me-mentee", "/me", of("waits")],
        ["me-erase", "/me/erase", { cookie }],
        ["me-erase-unsure", "/me/erase", { cookie, status: 422, then: sends({}) }],
        ["requests", "/requests", { cookie }],
        ["requests-sent", "/requests", of("accepted")],
        ["requests-none", "/requests", { cookie: drafted.cookie }],
        ...["waits", "answered", "exploring", "blocked"].map((fate) =>
            [`request-mentor-${fate}`, mentor(fate), { cookie, then: unfolds }]),
        ...["question", "accepted", "declined", "withdrawn"].map((fate) => [`request-mentor-${fate}`, mentor(fate), { cookie }]),
        ...["waits", "question", "declined", "accepted"].map((fate) =>
            [`request-mentee-${fate}`, mentee(fate), { ...of(fate), then: unfolds }]),
        ...["exploring", "answered", "blocked", "withdrawn"].map((fate) => [`request-mentee-${fate}`, mentee(fate), of(fate)]),
        wrong("no", "waits", { "#decline-referral": "nowhere" }, "form[action$=decline] button"),
        wrong("question", "waits", { "#question-text": "Call me: +44 20 7946 0958" }, "form[action$=question] button"),
        wrong("pause", "waits", { "#pause-until": day(-3) }, "form[action$=pause] button"),
        ["request-answer-wrong", mentee("question"),
            { ...of("question"), status: 422, then: sends({ "#answer-text": " " }, "form[action$=answer] button") }],
        ["ask", `/mentors/${ids.bo[0]}/ask`, of("waits")],
        ["ask-again", `/mentors/${ids.bo[3]}/ask?from=${requests.declined.id}`, of("declined")],
        ["ask-wrong", `/mentors/${ids.bo[0]}/ask`, { ...of("waits"), status: 422, then: sends({
            ...DRAFT(), "#title": "Short", "#why_you": "Write to bo@example.org", "#slot-2": `${day(-3)}T10:00`, "#name": "",
        }, PREVIEW) }],
        ["ask-preview", `/mentors/${ids.bo[0]}/ask`, { ...of("waits"), then: sends(DRAFT(), PREVIEW) }],
        ["ask-not-now", `/mentors/${ids.ada[0]}/ask`, of("waits")],
        ["listing", "/listing", { cookie }],
        ["listing-draft", "/listing", { cookie: drafted.cookie }],
        ["listing-paused", "/listing", { cookie: away.cookie }],
        ["listing-none", "/listing", { ...of("waits"), status: 404 }],
        ["listing-pause-wrong", "/listing",
            { cookie, status: 422, then: sends({ "#from": day(9), "#until": day(3) }, "form[action$=pause] button") }],
        ["listing-edit", "/listing/edit", { cookie }],
        ["listing-edit-wrong", "/listing/edit",
            { cookie, status: 422, then: sends({ "#display_name": "", "#headline": "" }, "form[action$=edit] button") }],
        ["listing-erase", "/listing/erase", { cookie }],
        ["listing-erase-unsure", "/listing/erase", { cookie, status: 422, then: sends({}) }],
        ["request-unknown", "/requests/nothing", { cookie, status: 404 }],
    ];
};

export const every = (town) => {
    const { ada, empty, ids } = town;
    const at = ([name, path, more = {}]) => ({ name, url: ada.url + path, status: 200, lang: "en", ...more });
    const spoken = [...open(town), ...signedIn(town)].map(at);
    const translated = LANGUAGES.flatMap((lang) => spoken.map((page) => {
        const here = `${page.url}${page.url.includes("?") ? "&" : "?"}lang=${lang}`;
        return { ...page, name: `${page.name}-${lang}`, url: here, lang };
    }));
    const search = [
        ["need-again", `/need?${ANSWERS}&language=fr&available=true`],
        ["found", "/?q=social+media+for+PR"],
        ["everybody", "/?q="],
        ["filtered", "/?q=writing&language=de&country=DE"],
        ["second", "/?offset=20"],
        ["refused", `/?q=${"a".repeat(300)}`, { status: 422 }],
        ["mentor-hebrew", `/mentors/${ids.ada[1]}`],
        ["mentor-arabic", `/mentors/${ids.bo[0]}`],
        ["mentor-long", `/mentors/${ids.bo[2]}`],
        ["mentor-trainee", `/mentors/${ids.bo[3]}`],
    ];
    const nothing = [
        ["empty", `${empty.url}/?q=`],
        ["empty-start", `${empty.url}/`],
    ].map(([name, url]) => ({ name, url, status: 200, lang: "en" }));
    return [...spoken, ...search.map(at), ...desk(town).map((page) => ({ status: 200, lang: "en", ...page })), ...nothing, ...translated];
};

// Pages that the table of who may ask what names, and that none of these shows. What is no page is named here.
const NO_PAGE = /^\/(static|api|livez|readyz|openapi|metrics)|\/(calendar|export|openid|back)$/;
export const unseen = (table, pages) => {
    const routes = [...table.matchAll(/^ {4}\("GET", "([^"]+)", /gm)].map(([, route]) => route);
    if (routes.length < 50) return ["the table of who may ask what cannot be read any more"];
    const seen = pages.map((page) => new URL(page.url).pathname);
    const named = (route) => new RegExp(`^${route.replace(/\{\w+\}/g, "[^/]+")}$`);
    const without = routes.filter((route) => !NO_PAGE.test(route) && !seen.some((path) => named(route).test(path)));
    return without.map((route) => `nobody looks at ${route}`);
};
