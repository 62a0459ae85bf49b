// A mentor, all by following links: the invitation, exactly what others would see, the consent, their own page, a pause,
// back again, and out of the register.

import { listing } from "./mentors.mjs";
import { day } from "./scenes.mjs";
import { Story } from "./story.mjs";
import { until } from "./town.mjs";

let count = 0;

export const mentor = (browser, { ada, bo }, way, shots) => new Story(browser, "mentor", way, shots).tell(async (story) => {
    count += 1;
    const [name, email] = [`Fay Invited ${count}`, `fay${count}@example.org`];
    const { profile } = listing(name, "Explains nets to newcomers");
    const { id } = await ada.api("POST", "/api/v1/listings", { profile, contact: { email } });
    await ada.api("POST", `/api/v1/listings/${id}/invite`, {});
    const [consent, edit] = (await ada.mail("invitation", email)).links;
    const found = async () => {
        const { hits } = await bo.api("GET", `/api/v1/search?q=${encodeURIComponent(name)}`);
        return JSON.stringify(hits).includes(name);
    };

    const fay = await story.somebody(ada);
    await fay.opens(consent);
    await fay.reads("May we show this?", name, "Explains nets to newcomers", email, "What stays here");
    await fay.looks("consent");
    await fay.hand.choose(fay.at("input[name=reach][value=network]"));
    await fay.hand.press(fay.button("Agree, and show this"));
    await fay.reads("You are listed, and can be asked.");
    await fay.looks("agreed");
    await until(`${bo.name} finds ${name}`, found);

    await fay.opens(edit);
    await fay.hand.press(fay.at("main button"));
    await fay.hand.press(fay.at("main button"));
    await fay.reads("You are listed, and can be asked.", "What everybody sees", "What stays here", email);
    await fay.looks("listing");
    await fay.hand.moment(fay.at("#until"), day(30));
    await fay.hand.press(fay.button("Take no requests for a while"));
    await fay.reads("shown as taking no requests");
    await fay.looks("paused");
    await fay.hand.press(fay.button("Take requests again"));
    await fay.reads("You are listed, and can be asked.");
    await fay.hand.press(fay.button("Leave the register"));
    await fay.reads("You left the register");
    await fay.looks("left");
    await until(`${bo.name} finds ${name} no more`, async () => !await found());
});
