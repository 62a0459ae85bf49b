// What must have happened before there is something to look at: people who sign in, requests that stand in every way
// that looks different, mails that lead somewhere.

import { listing } from "./mentors.mjs";

// A day so many days from now, as forms and tables write it.
export const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const TIMES = () => ({
    time_zone: "America/New_York",
    slots: [{ start: `${day(9)}T09:30`, minutes: 30 }, { start: `${day(10)}T15:00`, minutes: 30 }],
    why_you: "Your podcast about the bad days.",
});

// Each mentee’s request to the mentor who walks the pages, and what happened to it.
const FATES = {
    question: (ada, id) => ada.step(id, "question", { text: "Which campaign do you mean?" }),
    answered: async (ada, id) => {
        await ada.step(id, "question", { text: "Which campaign do you mean?" });
        await ada.stands(id, "question");
        await ada.step(id, "answer", { text: "The one for the library, in spring." });
    },
    exploring: (ada, id) => ada.step(id, "explore"),
    accepted: (ada, id) => ada.step(id, "accept", { slot: 2, message: "With pleasure." }),
    declined: (ada, id, ids) => ada.step(id, "decline", { reason: "timing", message: "In spring I am away.", referral: ids.bo[3] }),
    blocked: (ada, id) => ada.step(id, "decline", { reason: "blocked", report: "Asked for money." }),
    withdrawn: (ada, id) => ada.step(id, "withdraw", { superseded: false }),
    waits: async () => {},
};

const somebody = async (node, name, email, ...roles) => {
    const person = await node.adds(name, email, ...roles);
    return { person, email, cookie: await node.signsIn(person) };
};

export const scenes = async ({ ada, empty, ids }) => {
    // Whoever walks the pages is registrar and mentor in one, so that every page opens to them.
    const walker = await somebody(ada, "أميرة Ada Lovelace-Okafor", "mentor1@example.org", "registrar", "operator");
    const nobody = await somebody(empty, "Cy Nobody", "cy@example.org", "registrar", "operator");
    const requests = {};
    for (const [fate, happens] of Object.entries(FATES)) {
        const email = `${fate}@example.org`;
        const mentee = await somebody(ada, `Mentee ${fate}`, email);
        const id = await ada.asks(`Mentee ${fate}`, email, ids.ada[0], fate === "withdrawn" ? {} : TIMES());
        await happens(ada, id, ids);
        requests[fate] = { id, mentee };
    }
    // Whoever got a yes may still wait for somebody else.
    const foreign = await ada.asks("Mentee accepted", "accepted@example.org", ids.ada[1], { title: "Another question, to somebody else" });
    const { links } = await ada.mail("request", walker.email, "Mentee waits");
    const { links: over } = await ada.mail("request", walker.email, "Mentee withdrawn");
    const draft = async (name, email, headline) => {
        const { profile } = listing(name, headline);
        return (await ada.api("POST", "/api/v1/listings", { profile, contact: { email } })).id;
    };
    const invited = await draft("Di Invited", "di@example.org", "Not yet asked, and soon a mentor");
    await ada.api("POST", `/api/v1/listings/${invited}/invite`, {});
    const invitation = (await ada.mail("invitation", "di@example.org")).links;
    const drafted = await somebody(ada, "Di Invited", "di@example.org");
    const [paused, gone] = [listing("Eve Paused", "Away for a while"), listing("Eve Gone", "Left the register")];
    const [away, left] = [await ada.publish(paused), await ada.publish(gone)].map((id) => id.split(".")[1]);
    await ada.api("POST", `/api/v1/listings/${away}/pause`, { until: day(30) });
    await ada.api("POST", `/api/v1/listings/${left}/withdraw`, {});
    const listings = { own: ids.ada[0].split(".")[1], draft: invited, away, left };
    const filed = await ada.api("POST", "/api/v1/rights", {
        kind: "erasure", profile: ids.bo[0], words: "Please erase what is held about me.", reply: "leila@example.org",
    });
    await ada.api("POST", "/api/v1/rights", {
        kind: "access", profile: ids.ada[0], words: "What do you hold about me?", reply: "somebody@example.org",
    });
    const right = (await ada.api("GET", "/api/v1/rights")).items[0].id;
    const mails = (await ada.api("GET", "/api/v1/mail?limit=100")).items;
    return {
        walker, nobody, requests, foreign, links, over, invitation, drafted, listings, right, reference: filed.reference,
        away: await somebody(ada, "Eve Paused", paused.contact.email),
        mails: { request: mails.find((mail) => mail.what === "request").id, signIn: mails.find((mail) => mail.what === "sign_in")?.id },
    };
};
