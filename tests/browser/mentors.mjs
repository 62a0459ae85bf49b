// The mentors of both nodes: enough for a second page of results, names of several scripts, one text at every limit.

let count = 0;
export const listing = (name, headline, more = {}) => ({
    profile: {
        display_name: name,
        headline,
        summary: `${headline}: an hour now and then.`,
        bio: "Twenty years in the trade and still learning.\n\nAsk me about the bad days, too.",
        knows_about: [{ label: "public relations", level: "expert", years: 20 }],
        offers: [{ kind: "intro_15", minutes: 15 }],
        languages: [{ tag: "en", fluency: "native" }],
        time_zone: "Europe/London",
        modes: ["video"],
        area: { country: "GB" },
        availability: { status: "accepting", places: 2 },
        practice: { status: "qualified" },
        ...more,
    },
    contact: { email: `mentor${count += 1}@example.org` },
    consent: { given_on: "2026-01-15", reach: "network" },
});

const WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

const named = [
    { at: "ada", listing: listing("Ada Lovelace-Okafor", "Head of social media for a city council", {
        pronouns: "she/her",
        knows_about: [{ label: "social media", level: "expert", years: 15 }, { label: "crisis communication", years: 1 }],
        tags: ["podcasts"], helps_with: ["career_development", "confidence", "speaking up in meetings"],
        knowing: ["how", "whom"],
        offers: [{ kind: "intro_15" }, { kind: "micro", minutes: 45, fee: "free" }, { kind: "group", group_max: 8 }],
        languages: [{ tag: "en-GB", fluency: "native" }, { tag: "yo", fluency: "working" }],
        modes: ["video", "in_person"], area: { country: "GB", region: "Leeds" }, geographic_scope: "national",
        access_support: ["captions"], mentee_fit: "People in their first five years.\nNot: job applications.",
        mentor_style: ["listening", "challenging"], links: ["https://ada.example/about"],
        availability: { status: "accepting", places: 5 },
        ethics: { code: "Global Code of Ethics", version: "3", accepted_on: "2026-01-15" },
    }) },
    { at: "ada", listing: listing("דנה לוי", "יועצת תקשורת ומנטורית", {
        summary: "אני עוזרת לאנשים שחוזרים לעבודה.", bio: "עשרים שנה בתקשורת.",
        knows_about: [{ label: "תקשורת", level: "expert" }], languages: [{ tag: "he", fluency: "native" }],
        area: { country: "IL", region: "חיפה" }, mentee_fit: "מי שמתחיל מחדש.",
    }) },
    { at: "bo", listing: listing("ليلى بن يوسف", "مستشارة في إدارة المشاريع", {
        summary: "أساعد المهندسين الجدد.", knows_about: [{ label: "إدارة المشاريع" }],
        languages: [{ tag: "ar", fluency: "native" }, { tag: "fr", fluency: "fluent" }], area: { country: "TN" },
    }) },
    { at: "bo", listing: listing("चेतना शर्मा", "संचार विशेषज्ञ और कोच", {
        languages: [{ tag: "hi", fluency: "native" }], area: { country: "IN" }, offers: [{ kind: "standard" }],
    }) },
    { at: "bo", listing: listing(`Bo ${WORD}`, `${WORD} and bridges`, {
        summary: WORD.repeat(3), knows_about: [{ label: WORD }], employer_name: WORD,
        languages: [{ tag: "sv", fluency: "native" }], area: { country: "SE", region: WORD },
        availability: { status: "waitlist", places: 0 },
    }) },
    { at: "bo", listing: listing("Tora Ek", "Learning to mentor, formerly a bridge inspector", {
        practice: { status: "trainee", programme: "Foundation in Mentoring", ends_on: "2027-09-30", supervised: true },
        offers: [{ kind: "peer" }, { kind: "reverse" }, { kind: "open_ended" }],
    }) },
];

// More than one page of results, so that the way to the next is looked at as well.
const many = Array.from({ length: 18 }, (_, number) => ({
    at: number % 2 ? "ada" : "bo",
    listing: listing(`Cy Number ${number + 1}`, `Writes and edits, volume ${number + 1}`, {
        knows_about: [{ label: "writing", level: "average", years: number + 1 }],
        languages: [{ tag: "de", fluency: "fluent" }],
        area: { country: "DE" },
        availability: { status: "accepting", places: number % 3 },
    }),
}));

export const MENTORS = [...named, ...many];
