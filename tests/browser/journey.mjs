// From the first visit to a mentor, by links, forms and buttons alone: four questions, a search, a profile, another
// language and back. Walked with scripts and without.

import { leads } from "./hand.mjs";

export const journey = async (browser, { ada }, javaScriptEnabled, width) => {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 }, locale: "en-GB" });
    const page = await context.newPage();
    const problems = [];
    const expect = async (what, met) => { if (!await met()) problems.push(`not so: ${what} (${page.url()})`); };
    const reads = (selector, text) => async () => (await page.locator(selector).first().innerText()).includes(text);
    try {
        await page.goto(`${ada.url}/`);
        await page.getByRole("link", { name: "Four questions help" }).click();
        await page.getByLabel("A skill", { exact: true }).check();
        await page.getByLabel("What you want to work on").fill("social media");
        await page.getByLabel("A 15-minute conversation").check();
        await page.getByLabel("What you bring, in a few sentences").fill("Patience");
        await page.getByRole("button", { name: "Find mentors" }).click();
        await expect("the search finds Ada first", reads(".card h3 a", "Ada Lovelace-Okafor"));
        await expect("her reasons are shown", reads(".card .why", "social media"));
        await expect("the answers stand beside the results", reads(".told", "Patience"));
        await page.getByRole("link", { name: "Change your answers" }).click();
        await expect("what was answered is still there", async () => await page.getByLabel("A skill", { exact: true }).isChecked());
        await page.getByLabel("What you bring, in a few sentences").fill("Patience and time");
        await page.getByRole("button", { name: "Find mentors" }).click();
        await expect("the change stands", reads(".told", "Patience and time"));
        await page.getByRole("link", { name: "Ada Lovelace-Okafor" }).click();
        await expect("her profile opens", reads("h1", "Ada Lovelace-Okafor"));
        await page.getByRole("link", { name: "Deutsch" }).click();
        await expect("it speaks German", reads("main", "Kennt sich aus mit"));
        await page.getByRole("link", { name: "Mentoring-Register" }).click();
        await expect("German is kept on the next page", reads("h1", "Mentorin oder Mentor finden"));
        const kept = await context.cookies();
        await expect("one cookie keeps one word", async () => kept.length === 1 && kept[0].value === "de" && kept[0].httpOnly);
        await page.getByRole("link", { name: "English" }).click();
        await expect("and English again", reads("h1", "Find a mentor"));
    } catch (problem) {
        problems.push(`the journey broke off at ${page.url()}: ${problem.message.split("\n")[0]}`);
    } finally {
        await context.close();
    }
    return problems;
};

// Signing in by keyboard alone: asking for a link, using one, choosing a language for mail, signing out.
export const signingIn = async (browser, { ada, walker }, javaScriptEnabled, width) => {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 }, locale: "de-DE" });
    const page = await context.newPage();
    const problems = [];
    const expect = async (what, met) => { if (!await met()) problems.push(`not so: ${what} (${page.url()})`); };
    const reads = (text) => async () => (await page.locator("main").innerText()).includes(text);
    const reach = async (selector) => {
        for (let count = 0; count < 60; count += 1) {
            await page.keyboard.press("Tab");
            if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
        }
        throw new Error(`${selector} cannot be reached by keyboard`);
    };
    try {
        await page.goto(`${ada.url}/me`);
        await expect("who is not signed in is asked to", reads("Ohne Passwort"));
        await reach("input[type=email]");
        await page.keyboard.type(`nobody-${width}-${javaScriptEnabled}@example.org`);
        await leads(page, () => page.keyboard.press("Enter"));
        await expect("the answer says nothing of the address", reads("Wenn wir diese Adresse kennen"));
        await page.goto(ada.url + await ada.link(walker.person));
        await reach("main button");
        await Promise.all([page.waitForURL(/\/me$/), page.keyboard.press("Enter")]);
        await expect("they are signed in", reads("dieses Gerät"));
        await reach("input[name=language]");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowUp");
        await Promise.all([page.waitForURL(/saved=language/), page.keyboard.press("Enter")]);
        await expect("the choice is kept", reads("Gespeichert"));
        await reach("form[action='/sign-out'] button");
        await Promise.all([page.waitForURL(/\/sign-in$/), page.keyboard.press("Enter")]);
        await page.goto(`${ada.url}/me`);
        await expect("and signed out again", reads("Ohne Passwort"));
    } catch (problem) {
        problems.push(`the journey broke off at ${page.url()}: ${problem.message.split("\n")[0]}`);
    } finally {
        await context.close();
    }
    return problems;
};
