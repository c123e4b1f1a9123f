/**
 * Commands in the menus of people whose Discord is not in English. Names and summaries only: answers are in English, and
 * so is what is typed after a name. A command that is not listed here keeps its English name in every menu.
 */
import { Locale, type LocalizationMap } from "discord.js";

/** What a menu shows in one language: the name, and what it does. */
type Shown = readonly [name: string, summary: string];

interface Translated {
  readonly de: Shown;
  readonly fr: Shown;
  readonly es: Shown;
}

/** By command, group or menu entry; an entry of a message's menu has no summary. */
const TRANSLATED: Readonly<Record<string, Translated>> = {
  docker: {
    de: ["docker", "Fragen zu Containern, Microservices und Docker"],
    fr: ["docker", "Questions sur les conteneurs, les microservices et Docker"],
    es: ["docker", "Preguntas sobre contenedores, microservicios y Docker"],
  },
  "docker-admin": {
    de: ["docker-admin", "Was der Tutor auf diesem Server tut"],
    fr: ["docker-admin", "Ce que fait le tuteur sur ce serveur"],
    es: ["docker-admin", "Lo que hace el tutor en este servidor"],
  },
  "Explain this": { de: ["Erklär mir das", ""], fr: ["Expliquer ceci", ""], es: ["Explicar esto", ""] },
  "Remove this answer": {
    de: ["Diese Antwort entfernen", ""],
    fr: ["Supprimer cette réponse", ""],
    es: ["Quitar esta respuesta", ""],
  },
  ask: {
    de: ["fragen", "Eine Frage zu Containern, Microservices oder Docker (auf Englisch)"],
    fr: ["demander", "Une question sur les conteneurs, les microservices ou Docker (en anglais)"],
    es: ["preguntar", "Una pregunta sobre contenedores, microservicios o Docker (en inglés)"],
  },
  compare: {
    de: ["vergleichen", "Zwei Begriffe nebeneinander"],
    fr: ["comparer", "Deux notions côte à côte"],
    es: ["comparar", "Dos conceptos uno al lado del otro"],
  },
  export: {
    de: ["exportieren", "Alles, was ich über dich gespeichert habe, als JSON"],
    fr: ["exporter", "Tout ce que je garde sur toi, en JSON"],
    es: ["exportar", "Todo lo que guardo sobre ti, en JSON"],
  },
  feedback: {
    de: ["rückmeldung", "Sag, ob eine Antwort geholfen hat"],
    fr: ["avis", "Dis si une réponse t'a aidé"],
    es: ["opinión", "Di si una respuesta te ha ayudado"],
  },
  forget: {
    de: ["vergessen", "Alles löschen, was ich über dich gespeichert habe"],
    fr: ["oublier", "Supprimer tout ce que je garde sur toi"],
    es: ["olvidar", "Borrar todo lo que guardo sobre ti"],
  },
  gaps: {
    de: ["lücken", "Fragen, die ich nicht beantworten konnte (für Moderatoren)"],
    fr: ["lacunes", "Les questions restées sans réponse (modérateurs)"],
    es: ["lagunas", "Preguntas que no supe responder (moderadores)"],
  },
  help: {
    de: ["hilfe", "Was ich kann, oder wie ein Befehl funktioniert"],
    fr: ["aide", "Ce que je sais faire, ou comment marche une commande"],
    es: ["ayuda", "Lo que sé hacer, o cómo funciona un comando"],
  },
  home: {
    de: ["übersicht", "Dein Fortschritt, was fällig ist, der Tipp des Tages und der nächste Schritt"],
    fr: ["accueil", "Tes progrès, ce qui est à revoir, le conseil du jour et la prochaine étape"],
    es: ["inicio", "Tu progreso, lo pendiente, el consejo del día y el siguiente paso"],
  },
  learn: {
    de: ["lernen", "Was du als Nächstes lernst, der Weg zu einem Ziel, oder wo du stehst"],
    fr: ["apprendre", "Quoi apprendre ensuite, le chemin vers un but, ou où tu en es"],
    es: ["aprender", "Qué aprender ahora, el camino a una meta, o dónde estás"],
  },
  lesson: {
    de: ["lektion", "Fünf Minuten: drei Ideen, etwas zum Ausprobieren, zwei Prüffragen"],
    fr: ["leçon", "Cinq minutes : trois idées, un essai, deux vérifications"],
    es: ["lección", "Cinco minutos: tres ideas, algo que probar, dos comprobaciones"],
  },
  practice: {
    de: ["üben", "Wiederholen, was fällig ist oder falsch war; tägliche Erinnerung einstellen"],
    fr: ["réviser", "Revoir ce qui est dû ou raté ; régler un rappel quotidien"],
    es: ["practicar", "Repasar lo pendiente o lo fallado; poner un recordatorio diario"],
  },
  privacy: {
    de: ["datenschutz", "Was ich über dich speichere, und wie lange"],
    fr: ["confidentialité", "Ce que je garde sur toi, et combien de temps"],
    es: ["privacidad", "Lo que guardo sobre ti, y por cuánto tiempo"],
  },
  progress: {
    de: ["fortschritt", "Was du weißt, was fällig ist, und die Tafel des Teams"],
    fr: ["progrès", "Ce que tu sais, ce qui est à revoir, et le tableau de l'équipe"],
    es: ["progreso", "Lo que sabes, lo pendiente, y la tabla del equipo"],
  },
  quiz: {
    de: ["quiz", "Eine Frage zum Selbsttest; Antworten werden erklärt"],
    fr: ["quiz", "Une question pour te tester ; les réponses sont expliquées"],
    es: ["quiz", "Una pregunta para ponerte a prueba; se explican las respuestas"],
  },
  read: {
    de: ["lesen", "Eine ganze Seite lesen"],
    fr: ["lire", "Lire une page entière"],
    es: ["leer", "Leer una página entera"],
  },
  settings: {
    de: ["einstellungen", "Ansehen und ändern, was ich hier tue (für Moderatoren)"],
    fr: ["paramètres", "Voir et changer ce que je fais ici (modérateurs)"],
    es: ["ajustes", "Ver y cambiar lo que hago aquí (moderadores)"],
  },
  tip: {
    de: ["tipp", "Ein Tipp, jetzt"],
    fr: ["conseil", "Un conseil, maintenant"],
    es: ["consejo", "Un consejo, ahora"],
  },
  tips: {
    de: ["tipps", "Ein Tipp am Tag in diesem Kanal: ansehen, einstellen, beenden"],
    fr: ["conseils", "Un conseil par jour dans ce salon : voir, régler, arrêter"],
    es: ["consejos", "Un consejo al día en este canal: verlo, ponerlo, quitarlo"],
  },
};

export interface Localized {
  readonly name_localizations?: LocalizationMap;
  readonly description_localizations?: LocalizationMap;
}

/** A command's names in other languages, in the shape of Discord's command bodies. */
export function localized(name: string): Localized {
  const found = Object.hasOwn(TRANSLATED, name) ? TRANSLATED[name] : undefined;
  if (!found) return {};
  const { de, fr, es } = found;
  const map = (part: 0 | 1): LocalizationMap => ({
    [Locale.German]: de[part],
    [Locale.French]: fr[part],
    [Locale.SpanishES]: es[part],
    [Locale.SpanishLATAM]: es[part],
  });
  return { name_localizations: map(0), ...(de[1] ? { description_localizations: map(1) } : {}) };
}
