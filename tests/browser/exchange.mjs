// Two people at two nodes, from the first visit to each other’s address; and a no that leaves other doors open.

import { listing } from "./mentors.mjs";
import { day } from "./scenes.mjs";
import { Story } from "./story.mjs";
import { until } from "./town.mjs";

let count = 0;

// A mentor at Ada’s node whom Bo’s finds, and a mentee at Bo’s whom nobody knows yet.
const strangers = async ({ ada, bo }, skill) => {
    count += 1;
    const [mentor, mentee] = [`Eve Bridge ${count}`, `Mina Field ${count}`];
    const email = `mina${count}@example.org`;
    const theirs = listing(mentor, `Builds bridges between offices, ${skill} ${count}`, {
        knows_about: [{ label: `${skill} ${count}` }], time_zone: "Europe/Berlin",
    });
    await ada.publish(theirs);
    await bo.adds(mentee, email);
    await until(`${bo.name} finds ${mentor}`, async () => {
        const { hits } = await bo.api("GET", `/api/v1/search?q=${encodeURIComponent(mentor)}`);
        return JSON.stringify(hits).includes(mentor);
    });
    return { mentor, mentee, email, mentors: theirs.contact.email, skill: `${skill} ${count}` };
};

// From the start page to the mentor’s form: four questions, a search, a profile, a link by mail.
const finds = async (mina, { mentor, email, skill }) => {
    const { hand, page, node } = mina;
    await mina.opens("/");
    await mina.looks("start");
    await hand.follow(mina.link("Four questions help"));
    await hand.choose(page.getByLabel("A skill", { exact: true }));
    await hand.type(page.getByLabel("What you want to work on"), skill);
    await hand.choose(page.getByLabel("A 15-minute conversation"));
    await mina.looks("need");
    await hand.press(mina.button("Find mentors"));
    await mina.looks("found");
    await hand.follow(mina.link(mentor));
    await mina.reads(mentor, skill);
    await hand.follow(mina.link("Ask for a conversation"));
    await mina.looks("sign-in");
    await hand.type(mina.at("#email"), email);
    await hand.press(mina.button("Send me a link"));
    await mina.reads("If we know this address");
    const mail = await node.mail("sign_in", email);
    await mina.opens(mail.links[0]);
    await mina.looks("link");
    await hand.press(mina.at("main button"));
    await mina.reads(`Ask ${mentor} for a conversation`);
};

// Writes, is told what is wrong, sees the preview, changes something, sends.
const writes = async (mina, { mentor, mentee, email }) => {
    const { hand } = mina;
    await hand.type(mina.at("#title"), "Bridges");
    await hand.type(mina.at("#purpose"), "I lead a small team since spring, and two offices do not talk to each other.");
    await hand.type(mina.at("#why_you"), "You did this for years.");
    await hand.select(mina.at("#time_zone"), "America/New_York");
    await hand.moment(mina.at("#slot-1"), `${day(9)}T09:30`);
    await hand.moment(mina.at("#slot-2"), `${day(10)}T10:00`);
    await mina.looks("ask");
    await hand.press(mina.at("button[value=preview]"));
    await mina.reads("Nothing was sent yet", "10 to 120");
    await mina.looks("ask-wrong");
    await hand.type(mina.at("#title"), "Two offices that do not talk");
    await hand.press(mina.at("button[value=preview]"));
    await mina.reads(`What ${mentor} will read`, mentee, "Two offices that do not talk", email, "10:00");
    await mina.looks("preview");
    await hand.press(mina.at("button[value=change]"));
    if (await mina.at("#why_you").inputValue() !== "You did this for years.") throw new Error("what was typed is lost");
    await hand.press(mina.at("button[value=preview]"));
    await hand.press(mina.at("button[value=send]"));
    await mina.reads("Where it stands", "What happened", `${mentee} asked ${mentor}.`);
    await mina.looks("sent");
};

export const exchange = (browser, town, way, shots) => new Story(browser, "exchange", way, shots).tell(async (story) => {
    const { ada, bo } = town;
    const all = await strangers(town, "office diplomacy");
    const mina = await story.somebody(bo);
    await finds(mina, all);
    await writes(mina, all);
    await mina.comesToRead("It is with");

    const mail = await ada.mail("request", all.mentors);
    const eve = await story.somebody(ada);
    await eve.opens(mail.links[0]);
    await eve.reads(all.mentee, "Two offices that do not talk", "You did this for years.");
    if ((await eve.text()).includes(all.email)) story.problems.push("the mentor reads the mentee’s address before a yes");
    await eve.looks("act-yes");
    await eve.hand.choose(eve.page.locator("main input[type=radio]").nth(1));
    await eve.hand.press(eve.at("main button"));
    await eve.looks("act-said");
    await mina.comesToRead("said yes");
    await mina.reads(all.mentors, "When you meet", `${all.mentor} said yes.`);
    await mina.looks("accepted");
    const calendar = await mina.page.request.get(new URL(await mina.link("Put it into your calendar").getAttribute("href"), bo.url).href);
    if (!(await calendar.text()).includes("BEGIN:VEVENT")) story.problems.push("there is no invitation for the calendar");

    const signed = await story.somebody(ada, await ada.signsIn(await ada.adds(all.mentor, all.mentors)));
    await signed.opens("/requests");
    await signed.looks("requests");
    await signed.hand.follow(signed.link("Everything that came to you"));
    await signed.hand.follow(signed.link("Two offices that do not talk"));
    await signed.comesToRead(all.email);
    await signed.reads("You said yes", "When you meet");
    await signed.looks("mentor-accepted");
});

export const refusal = (browser, town, way, shots) => new Story(browser, "refusal", way, shots).tell(async (story) => {
    const { ada, bo } = town;
    const all = await strangers(town, "public relations for bridges");
    const mina = await story.somebody(bo);
    await finds(mina, all);
    await writes(mina, all);
    const mail = await ada.mail("request", all.mentors);
    const eve = await story.somebody(ada);
    await eve.opens(mail.links[3]);
    await eve.looks("act-no");
    await eve.hand.choose(eve.page.locator("main input[type=radio]").nth(2));
    await eve.hand.press(eve.at("main button"));
    await mina.comesToRead("said no");
    await mina.reads("Whom else you could ask", "Your words are kept");
    await mina.looks("declined");
    const others = await mina.page.getByRole("link", { name: "Ask with the same words" }).count();
    if (others !== 3) story.problems.push(`${others} others are offered, not three`);
    await mina.hand.follow(mina.link("Ask with the same words"));
    if (await mina.at("#title").inputValue() !== "Two offices that do not talk") story.problems.push("the words are not kept");
    await mina.looks("ask-again");
});
