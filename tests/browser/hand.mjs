// How somebody uses a page: with a pointer, or with the keyboard alone. Both do the same things, so a journey is written
// once and walked with either.

const STOPS = 250;

// What a press leads to, once it is there.
export const leads = async (page, press) => {
    const there = page.waitForEvent("load");
    // What cannot be pressed says so itself.
    there.catch(() => {});
    await press();
    await there;
};

export const pointer = (page) => ({
    follow: (target) => leads(page, () => target.click()),
    press: (target) => leads(page, () => target.click()),
    type: (target, text) => target.fill(text),
    moment: (target, text) => target.fill(text),
    choose: (target) => target.check(),
    select: (target, value) => target.selectOption(value),
    unfold: (target) => target.click(),
});

export const keys = (page) => {
    const { keyboard } = page;
    const here = (target) => target.evaluate((part) => part === document.activeElement);
    const reach = async (target, also = here) => {
        for (let count = 0; count < STOPS; count += 1) {
            if (await also(target)) return;
            await keyboard.press("Tab");
        }
        throw new Error(`${target} cannot be reached by keyboard`);
    };
    // One of several is reached through its group: Tab leads in, arrows lead to the others.
    const among = (target) => target.evaluate((part) =>
        part === document.activeElement || (part.type === "radio" && document.activeElement.name === part.name));
    const choose = async (target) => {
        await reach(target, among);
        for (let count = 0; count < 20 && !await here(target); count += 1) await keyboard.press("ArrowDown");
        if (!await target.isChecked()) await keyboard.press("Space");
    };
    const type = async (target, text) => {
        await reach(target);
        await keyboard.press("Control+a");
        await keyboard.type(text);
    };
    // A browser asks for day and month in the order of its own language.
    const moment = async (target, text) => {
        const [, year, month, day, hour, minute] = text.match(/^(\d+)-(\d+)-(\d+)(?:T(\d+):(\d+))?$/);
        for (const [first, second] of [[month, day], [day, month]]) {
            await reach(target);
            await keyboard.type(`${first}${second}${year}`);
            if (hour) {
                await keyboard.press("ArrowRight");
                await keyboard.type(`${hour}${minute}A`);
            }
            if (await target.inputValue() === text) return;
            await target.evaluate((part) => part.form.querySelector("input:not([type=hidden]), textarea").focus());
        }
        throw new Error(`${text} cannot be typed by keyboard: it became ${await target.inputValue()}`);
    };
    const select = async (target, value) => {
        await reach(target);
        await keyboard.type(value);
        if (await target.inputValue() !== value) throw new Error(`${value} cannot be chosen by keyboard`);
    };
    const press = (target) => leads(page, async () => {
        await reach(target);
        await keyboard.press("Enter");
    });
    const unfold = async (target) => {
        await reach(target);
        await keyboard.press("Enter");
    };
    return { follow: press, press, type, moment, choose, select, unfold };
};
