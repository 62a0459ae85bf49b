// One page, opened once and looked at in every light: what the judges say, what it weighs, asks for and says of itself,
// how it lies in its window and on paper.

import { judge } from "./judges.mjs";
import { walk, skip } from "./keyboard.mjs";

const WEIGHT = 60 * 1024;
const TARGET = 24;
const POLICY = ["default-src 'none'", "style-src 'self'"];

export const LOOKS = [
    { name: "320-light", width: 320, colorScheme: "light" },
    { name: "320-dark", width: 320, colorScheme: "dark" },
    { name: "1280-light", width: 1280, colorScheme: "light" },
    { name: "1280-dark", width: 1280, colorScheme: "dark" },
];

// Opens a page as whoever looks would come to it, and gives the last document's answer.
export const opened = async (page, { url, then }) => {
    let last = await page.goto(url, { waitUntil: "load" });
    page.on("response", (answer) => {
        if (answer.request().isNavigationRequest() && answer.frame() === page.mainFrame()) last = answer;
    });
    if (then) await then(page);
    return last;
};

// Looks at one page in these lights; `shot` says where a picture of each goes. Gives what is wrong, and the page's text.
export const look = async (context, spec, looks, shot) => {
    if (spec.cookie) await context.addCookies([spec.cookie]);
    const page = await context.newPage();
    const problems = [];
    const answers = listen(page, spec, problems);
    let text = "";
    try {
        await stand(page, looks[0]);
        const answer = await opened(page, spec);
        if (answer.status() !== spec.status) problems.push(`answers ${answer.status()}, not ${spec.status}`);
        problems.push(...headers(answer.headers(), spec.lang));
        problems.push(...await weight(answers()));
        text = await page.content();
        problems.push(...await lights(page, spec, looks, shot));
        for (const width of new Set(looks.map((as) => as.width))) {
            await page.setViewportSize({ width, height: 800 });
            const walked = await walk(page);
            problems.push(...[...walked, ...await skip(page)].map((said) => `keyboard, ${width}: ${said}`));
        }
    } catch (problem) {
        problems.push(`could not be looked at: ${problem.message}`);
    } finally {
        await page.close();
    }
    return { problems, text };
};

const stand = async (page, { width, colorScheme }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, media: "screen" });
};

// Looks at the page that is open, in each light.
export const lights = async (page, { lang = "en" }, looks, shot) => {
    const problems = [];
    for (const as of looks) {
        await stand(page, as);
        const found = await page.evaluate(lay, { width: as.width, lang, target: TARGET });
        if (shot) await page.screenshot({ path: shot(as.name), fullPage: true });
        if (shot && as.name === "1280-light") found.push(...await onPaper(page, shot("paper")));
        await stand(page, as);
        found.push(...await judge(page));
        problems.push(...found.map((said) => `${as.name}: ${said}`));
    }
    return problems;
};

// Hears what the page asks for and complains of; gives the answers of the document that is open.
const listen = (page, { url, status }, problems) => {
    const host = new URL(url).host;
    let answers = [];
    page.on("request", (request) => {
        if (new URL(request.url()).host !== host) problems.push(`asks another host: ${request.url()}`);
        if (request.isNavigationRequest()) answers = [];
    });
    page.on("response", (response) => answers.push(response));
    page.on("console", (line) => {
        const expected = status >= 400 && line.text().includes(`status of ${status}`);
        if (["error", "warning"].includes(line.type()) && !expected) problems.push(`console: ${line.text()}`);
    });
    page.on("pageerror", (problem) => problems.push(`error in the page: ${problem.message}`));
    return () => answers;
};

// On paper there is nothing to press and nothing to go to, and nothing is wider than the sheet.
const PAPER = { width: 718, height: 1016 };
const onPaper = async (page, shot) => {
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize(PAPER);
    const problems = await page.evaluate((wide) => {
        const seen = (part) => part.getClientRects().length > 0;
        const pressed = [...document.querySelectorAll("button, nav a, .skip")].filter(seen);
        const problems = pressed.map((part) => `on paper: ${part.outerHTML.slice(0, 80)}`);
        if (document.documentElement.scrollWidth > wide) problems.push("is wider than a sheet of paper");
        return problems;
    }, PAPER.width);
    await page.screenshot({ path: shot, fullPage: true });
    return problems;
};

// What every page must say of itself, whatever it shows.
const headers = (said, lang) => {
    const problems = [];
    const policy = said["content-security-policy"] ?? "";
    for (const part of POLICY) {
        if (!policy.includes(part)) problems.push(`its policy lacks ${part}`);
    }
    if (policy.includes("unsafe")) problems.push(`its policy allows what is unsafe: ${policy}`);
    if (!(said["x-robots-tag"] ?? "").includes("noindex")) problems.push("search engines may index it");
    if (said["content-language"] !== lang) problems.push(`its header says ${said["content-language"]}, not ${lang}`);
    return problems;
};

const weight = async (answers) => {
    let bytes = 0;
    for (const answer of answers) {
        bytes += (await answer.body().catch(() => "")).length;
    }
    return bytes > WEIGHT ? [`weighs ${bytes} bytes with all that it loads, at most ${WEIGHT}`] : [];
};

// Runs in the page.
const lay = ({ width, lang, target }) => {
    const problems = [];
    if (document.documentElement.lang !== lang) problems.push(`says it is in ${document.documentElement.lang}, not ${lang}`);
    const wide = document.documentElement.scrollWidth;
    if (wide > width) problems.push(`scrolls sideways: ${wide} of ${width} pixels`);
    const robots = document.querySelector("meta[name=robots]")?.content ?? "";
    if (!robots.includes("noindex")) problems.push("no meta element keeps search engines out");
    // What a judge brought along is not the page's own.
    for (const part of document.querySelectorAll("[style]:not([style='']), script")) {
        problems.push(`has what the policy forbids: ${part.outerHTML.slice(0, 80)}`);
    }
    for (const touched of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
        const box = touched.getBoundingClientRect();
        const style = getComputedStyle(touched);
        // A link inside a sentence is as high as its line (WCAG 2.5.8, inline); what is out of sight cannot be missed.
        const inline = style.display === "inline" && touched.parentElement.textContent.trim() !== touched.textContent.trim();
        const unseen = box.width <= 1 || box.bottom <= 0;
        if (!inline && !unseen && (box.width < target || box.height < target)) {
            const size = `${Math.round(box.width)}×${Math.round(box.height)}`;
            problems.push(`a target of ${size} pixels: ${touched.outerHTML.slice(0, 80)}`);
        }
    }
    for (const part of document.querySelectorAll("main *")) {
        const own = [...part.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
        if (own && part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline"
            && !part.classList.contains("unseen")) {
            problems.push(`text runs out of its box: ${part.outerHTML.slice(0, 80)}`);
        }
    }
    return problems;
};

// The page without scripts is the very page with them, but for what is drawn anew with every form.
export const sameWithoutScripts = async (browser, spec, on) => {
    const drawn = (text) => text.replace(/(<input type="hidden" name="once" value="|\/sign-in\/)[a-z0-9]+/g, "$1");
    const context = await browser.newContext({ javaScriptEnabled: false, locale: "en-GB" });
    try {
        if (spec.cookie) await context.addCookies([spec.cookie]);
        const page = await context.newPage();
        await opened(page, spec);
        return drawn(await page.content()) === drawn(on) ? [] : ["differs from the page with scripts"];
    } catch (problem) {
        return [`could not be opened without scripts: ${problem.message}`];
    } finally {
        await context.close();
    }
};
