// Whether the judges still see: each is shown a page that was made bad on purpose and must say so.

import { look } from "./look.mjs";

const replaced = (from, to) => (text) => {
    if (!text.includes(from)) throw new Error(`nothing to make bad: ${from} is not there`);
    return text.replaceAll(from, to);
};

// What is made bad, in which answer, and what somebody must say then.
const BAD = [
    { what: "a box without its label", page: replaced('<label for="q">', "<p><label>"), says: "axe label" },
    { what: "a box without its label", page: replaced('<label for="q">', "<p><label>"), says: "HTML_CodeSniffer" },
    { what: "pale words", sheet: (text) => `${text} .hint, .by { color: #bbb !important; }`, says: "axe color-contrast" },
    { what: "pale words", sheet: (text) => `${text} .hint, .by { color: #bbb !important; }`, says: "HTML_CodeSniffer" },
    { what: "a page without a language", page: (text) => text.replace(/<html lang="[^"]*"/, "<html"), says: "axe html-has-lang" },
    { what: "something too wide", sheet: (text) => `${text} .hero { width: 500px; }`, says: "scrolls sideways" },
    { what: "something too small", sheet: (text) => `${text} .box button { all: unset; font-size: 6px; }`, says: "a target of" },
    { what: "an inline style", page: replaced("<h1>", '<h1 style="color:red">'), says: "console:" },
    { what: "a picture from elsewhere", page: replaced("<h1>", '<img alt="" src="http://127.0.0.2:9/x.png"><h1>'), says: "another host" },
    { what: "a heavy page", page: (text) => `${text}<!--${" ".repeat(61_000)}-->`, says: "weighs" },
    { what: "no focus to be seen", sheet: (text) => `${text} :focus-visible { outline: none !important; }`, says: "without a visible focus" },
    { what: "an order of its own", page: (text) => text.replace('class="skip"', 'class="skip" tabindex="1"').replace("<h1>", '<h1 tabindex="2">'), says: "the order goes back" },
    { what: "no way past the frame", page: (text) => text.replace(/<a class="skip".*<\/a>/, ""), says: "the first stop is not" },
];

export const blind = async (browser, { ada }) => {
    const problems = [];
    for (const { what, page, sheet, says } of BAD) {
        const context = await browser.newContext({ viewport: { width: 320, height: 800 }, locale: "en-GB" });
        const spoil = async (route, change) => {
            const answer = await route.fetch();
            await route.fulfill({ response: answer, body: change ? change(await answer.text()) : await answer.text() });
        };
        await context.route((url) => url.host === new URL(ada.url).host && url.pathname === "/", (route) => spoil(route, page));
        await context.route("**/static/style.css", (route) => spoil(route, sheet));
        const spoiled = { name: "spoiled", url: `${ada.url}/`, status: 200, lang: "en" };
        const { problems: told } = await look(context, spoiled, [{ name: "320-light", width: 320, colorScheme: "light" }]);
        await context.close();
        if (!told.some((problem) => problem.includes(says))) {
            problems.push(`blind to ${what}: expected “${says}”, told ${JSON.stringify(told)}`);
        } else {
            console.log(`seen: ${what} (${says})`);
        }
    }
    return problems;
};
