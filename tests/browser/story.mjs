// Somebody in a journey: a browser of their own, hands or the keyboard, and eyes that check what they come by.

import { join } from "node:path";

import { keys, pointer } from "./hand.mjs";
import { LOOKS, lights } from "./look.mjs";
import { until } from "./town.mjs";

// Every way in which a journey is walked; the last two without a pointer.
export const WAYS = [
    ...[false, true].flatMap((scripts) => LOOKS.map((as) => ({ ...as, scripts, keyboard: false }))),
    { ...LOOKS[0], scripts: false, keyboard: true },
    { ...LOOKS[3], scripts: true, keyboard: true },
].map((way) => ({ ...way, name: `${way.name}, scripts ${way.scripts ? "on" : "off"}${way.keyboard ? ", keyboard" : ""}` }));

export class Story {
    constructor(browser, what, way, shots) {
        Object.assign(this, { browser, what, way, shots, problems: [], contexts: [], looked: 0 });
    }

    async somebody(node, cookie) {
        const { width, colorScheme, scripts: javaScriptEnabled, keyboard } = this.way;
        const context = await this.browser.newContext({
            javaScriptEnabled, viewport: { width, height: 800 }, colorScheme, locale: "en-GB", reducedMotion: "reduce",
        });
        this.contexts.push(context);
        if (cookie) await context.addCookies([cookie]);
        const page = await context.newPage();
        page.setDefaultTimeout(20_000);
        return new Somebody(this, node, page, keyboard ? keys(page) : pointer(page));
    }

    // Tells it to its end, or to where it breaks off.
    async tell(steps) {
        try {
            await steps(this);
        } catch (problem) {
            this.problems.push(`broke off: ${problem.message.split("\n")[0]}`);
        } finally {
            for (const context of this.contexts) await context.close();
        }
        return this.problems;
    }
}

class Somebody {
    constructor(story, node, page, hand) {
        Object.assign(this, { story, node, page, hand });
    }

    async opens(path) {
        await this.page.goto(this.node.url + path);
    }

    text() {
        return this.page.locator("main").innerText();
    }

    async reads(...said) {
        const text = await this.text();
        for (const words of said.filter((words) => !text.includes(words))) {
            this.story.problems.push(`does not read “${words}” at ${this.page.url()}`);
        }
    }

    // Comes again until it is there: a letter takes its way.
    async comesToRead(words) {
        await until(`“${words}” at ${this.page.url()}`, async () => {
            if ((await this.text()).includes(words)) return true;
            await this.page.reload();
            return (await this.text()).includes(words);
        });
    }

    // What has no scripts has nothing for a judge to look at that the same page with them has not.
    async looks(name) {
        const { way, what, shots, problems } = this.story;
        const shot = () => join(shots, `${what}-${name}-${way.name.replaceAll(/\W+/g, "-")}.png`);
        if (!way.scripts) return;
        this.story.looked += 1;
        problems.push(...(await lights(this.page, {}, [way], shot)).map((said) => `${name}: ${said}`));
    }

    link(name) {
        return this.page.getByRole("link", { name }).first();
    }

    button(name) {
        return this.page.getByRole("button", { name, exact: true }).first();
    }

    at(selector) {
        return this.page.locator(selector).first();
    }
}
