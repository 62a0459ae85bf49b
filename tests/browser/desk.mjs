// The registrar's desk, which speaks English alone: every page, full and empty, before and after something was wrong.

import { sends } from "./pages.mjs";
import { day } from "./scenes.mjs";

const TABLE = "display_name,email,headline\nFay New,fay@example.org,Knows bridges\nGus Wrong,not an address,Knows roads\n";
const TABS = ["", "/listings", "/import", "/invitations", "/introductions", "/organisations", "/rights", "/mail", "/people", "/audit"];

export const desk = ({ ada, bo, empty, walker, nobody, listings, requests, foreign, mails, right }) => {
    const at = (name, path, more = {}) => ({ name: `desk${name}`, url: `${ada.url}/desk${path}`, cookie: walker.cookie, ...more });
    const listing = (name, act) => [`-listing-${name}-${act}`, `/listings/${listings[name]}/${act}`];
    return [
        ...TABS.map((tab) => at(tab.replace("/", "-"), tab)),
        ...TABS.map((tab) => at(`${tab.replace("/", "-")}-empty`, tab, { url: `${empty.url}/desk${tab}`, cookie: nobody.cookie })),
        at("-listings-none", "/listings?q=zeppelin"),
        at("-listings-some", "/listings?state=published&q=Cy"),
        ...["own", "draft", "away", "left"].map((name) => at(`-listing-${name}`, `/listings/${listings[name]}`)),
        ...["confirm", "pause", "withdraw", "erase"].map((act) => at(...listing("own", act))),
        ...["publish", "delete"].map((act) => at(...listing("draft", act))),
        at(...listing("away", "resume")),
        at("-listing-publish-wrong", `/listings/${listings.draft}/publish`, { status: 409, then: sends({}) }),
        at("-listing-pause-wrong", `/listings/${listings.own}/pause`,
            { status: 422, then: sends({ "#from": day(9), "#until": day(3) }) }),
        ...["invite", "edit"].map((act) => at(...listing("own", act))),
        at("-listing-edit-wrong", `/listings/${listings.own}/edit`, { status: 422, then: sends({ "#display_name": "" }, "button[value=save]") }),
        at("-listing-unknown", "/listings/nobody", { status: 404 }),
        at("-import-checked", "/import", { then: sends({ "#text": TABLE }) }),
        at("-import-wrong", "/import", { status: 422, then: sends({ "#text": " " }) }),
        at("-introductions-none", "/introductions?state=undeliverable"),
        at("-introduction", `/introductions/${requests.declined.id}`),
        at("-introduction-withheld", `/introductions/${foreign}`),
        at("-introduction-read", `/introductions/${foreign}`, { then: sends({ "#reason": "A complaint of both" }) }),
        at("-introduction-wrong", `/introductions/${foreign}`, { status: 422, then: sends({ "#reason": " " }) }),
        at("-organisation", `/organisations/${bo.organisation}`),
        at("-organisation-self", `/organisations/${ada.organisation}`),
        ...["unpin", "block"].map((act) => at(`-organisation-${act}`, `/organisations/${bo.organisation}/${act}`)),
        at("-trust-open", "/trust/open"),
        at("-right", `/rights/${right}`),
        at("-right-wrong", `/rights/${right}`, { status: 422, then: sends({}) }),
        at("-right-looked", `/rights/${right}`, { then: sends({ "#outcome": "refused", "#message": "Nobody of that name is known here." }) }),
        at("-mail-request", `/mail/${mails.request}`),
        at("-mail-none", "/mail?state=given_up"),
        at("-mail-wrong", "/mail", { status: 422, then: sends({ "#to": "nowhere" }, "form[method=post][action='/desk/mail'] button") }),
        at("-people-none", "/people?email=zeppelin@example.org"),
        at("-people-wrong", "/people", { status: 422, then: sends({ "#name": " ", "#email": "nowhere" }) }),
        at("-person", `/people/${walker.person}`),
        at("-person-link", `/people/${requests.waits.mentee.person}`, { then: sends({}, "form[action$=link] button") }),
        at("-audit-none", "/audit?act=zeppelin"),
        at("-audit-some", "/audit?act=introduction"),
    ];
};
