// Every page there is without signing in, in each state that looks different, and in each language.

const ANSWERS = "why=skills&why=confidence&context=first+job+in+an+agency&q=social+media&offer=intro_15&bring=Patience";
const LANGUAGES = ["de", "fr", "es"];

export const every = ({ ada, empty, ids }) => {
    const at = (name, path, more = {}) => ({ name, url: ada.url + path, status: 200, lang: "en", ...more });
    const spoken = [
        at("start", "/"),
        at("need", "/need"),
        at("told", `/?${ANSWERS}`),
        at("mentor", `/mentors/${ids.ada[0]}`),
        at("nobody", "/?q=zeppelin&country=GB"),
        at("about", "/about"),
        at("privacy", "/privacy"),
        at("complaints", "/complaints"),
    ];
    const translated = LANGUAGES.flatMap((lang) => spoken.map(({ name, url }) => {
        const here = `${url}${url.includes("?") ? "&" : "?"}lang=${lang}`;
        return { name: `${name}-${lang}`, url: here, status: 200, lang };
    }));
    return [
        ...spoken,
        at("need-again", `/need?${ANSWERS}&language=fr&available=true`),
        at("found", "/?q=social+media+for+PR"),
        at("everybody", "/?q="),
        at("filtered", "/?q=writing&language=de&country=DE"),
        at("second", "/?offset=20"),
        at("refused", `/?q=${"a".repeat(300)}`, { status: 422 }),
        at("mentor-hebrew", `/mentors/${ids.ada[1]}`),
        at("mentor-arabic", `/mentors/${ids.bo[0]}`),
        at("mentor-long", `/mentors/${ids.bo[2]}`),
        at("mentor-trainee", `/mentors/${ids.bo[3]}`),
        at("unknown", "/mentors/nobody", { status: 404 }),
        { name: "empty", url: `${empty.url}/?q=`, status: 200, lang: "en" },
        { name: "empty-start", url: `${empty.url}/`, status: 200, lang: "en" },
        ...translated,
    ];
};
