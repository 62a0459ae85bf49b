// The keyboard alone: the way past the frame comes first, every stop is seen, none is a trap, and a search is possible.

const STOPS = 250;
// A date has fields of its own inside: day, month, year, hour, minute, half of the day, and its calendar.
const WITHIN = 7;

// Where the focus is, and whether a person can see that.
const stop = (page) => page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body || at === document.documentElement) return null;
    const style = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    const everybody = [...document.querySelectorAll("*")];
    return {
        number: everybody.indexOf(at),
        html: at.outerHTML.slice(0, 80),
        skip: at.classList.contains("skip"),
        search: at.matches("input[type=search]"),
        date: at.matches("input[type=date], input[type=datetime-local], input[type=time]"),
        ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
});

// As if the page had just been opened.
const begin = (page) => page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
});

// Every stop from the first to the last of the page that is open.
export const walk = async (page) => {
    const problems = [];
    await begin(page);
    let [before, within] = [-1, 0];
    for (let count = 0; count < STOPS; count += 1) {
        await page.keyboard.press("Tab");
        const at = await stop(page);
        if (!at) return count === 0 ? ["nothing can be reached by keyboard"] : problems;
        if (count === 0 && !at.skip) problems.push(`the first stop is not the way to the content: ${at.html}`);
        within = at.date && at.number === before ? within + 1 : 0;
        if (within > WITHIN) return [...problems, `a trap: ${at.html}`];
        // Radio buttons, the fields of a date and the browser's own frame apart, the order is that of the page.
        if (at.number <= before && within === 0) return [...problems, ...(at.skip ? [] : [`the order goes back at ${at.html}`])];
        if (!at.ringed) problems.push(`a stop without a visible focus: ${at.html}`);
        if (!at.seen) problems.push(`a stop out of sight: ${at.html}`);
        before = at.number;
    }
    return [...problems, `more than ${STOPS} stops`];
};

// The way past the frame leads past it.
export const skip = async (page) => {
    await begin(page);
    await page.keyboard.press("Tab");
    if (!(await stop(page))?.skip) return ["there is no way past the frame"];
    await page.keyboard.press("Enter");
    const main = await page.evaluate(() => document.activeElement?.id === "main" || location.hash === "#main");
    await page.keyboard.press("Tab");
    const after = await page.evaluate(() => !document.activeElement?.closest("header.top"));
    return main && after ? [] : ["the way to the content does not lead there"];
};

// A search from the first page, without a pointer.
export const search = async (browser, { ada }, width) => {
    const context = await browser.newContext({ viewport: { width, height: 800 }, locale: "en-GB" });
    const page = await context.newPage();
    try {
        await page.goto(`${ada.url}/`);
        for (let count = 0; count < STOPS; count += 1) {
            await page.keyboard.press("Tab");
            if ((await stop(page))?.search) {
                await page.keyboard.type("social media");
                await Promise.all([page.waitForURL(/[?&]q=social/), page.keyboard.press("Enter")]);
                const card = await page.locator(".card h3 a").first().innerText();
                return card.includes("Ada") ? [] : [`a search by keyboard finds ${card} first`];
            }
        }
        return ["the search box cannot be reached by keyboard"];
    } catch (problem) {
        return [`could not be searched by keyboard: ${problem.message}`];
    } finally {
        await context.close();
    }
};
