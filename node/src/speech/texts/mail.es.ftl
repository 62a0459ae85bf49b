# Lo que dicen los mensajes. Un asunto se lee en cualquier pantalla: no nombra a nadie y nada se inserta en él.

mail-hello = Hola:
mail-hello-name = Hola, { $name }:
mail-written-by = Este mensaje viene del registro de mentoría de { $organisation }:
mail-opening = Abrirlo, o abrir un enlace suyo, no le dice nada a nadie; cada enlace muestra primero qué hará y pregunta.
mail-title = Asunto
mail-request-title = Su solicitud
mail-purpose = Para qué
mail-why-you = Por qué usted
mail-question-text = La pregunta
mail-answer-text = La respuesta
mail-their-words = Lo que le dicen
mail-their-address = La dirección
mail-referral = A quién le sugieren en su lugar
mail-the-mentor = la mentora o el mentor
mail-do-pause = No recibir solicitudes por ahora
mail-do-leave = Salir del registro
mail-do-choose = Elegir qué mensajes recibe
mail-do-take-back = Retirar su solicitud
mail-do-accept = Decir que sí y dar su dirección
mail-do-explore = Aceptar una primera llamada corta, sin decidir todavía
mail-do-ask = Preguntar algo antes
mail-do-decline = Decir que no, con un motivo; un no también es una respuesta
mail-do-answer = Responder

## A una mentora o un mentor

mail-subject-request = Una solicitud espera su respuesta
mail-subject-answer = Han respondido a su pregunta
mail-subject-reminder = Una solicitud sigue esperando su respuesta
mail-subject-last-reminder = Una solicitud está a punto de vencer
mail-subject-contact = Ya pueden escribirse
mail-subject-taken-back = Se retiró una solicitud
mail-subject-ran-out = Una solicitud ha vencido
mail-subject-declined-for-you = Se rechazó una solicitud en su nombre
mail-subject-answer-not-taken = Una respuesta suya no contó
mail-subject-paused = Por ahora no recibe solicitudes
mail-request = { $mentee }, de { $organisation }, le pide { $offer }.
mail-waits-for-you = La solicitud le espera hasta el { $day }.
mail-answer = { $mentee } ha respondido a su pregunta.
mail-reminder = { $mentee }, de { $organisation }, sigue esperando noticias suyas. Basta un paso, y un no es más amable que el silencio.
mail-contact = Usted dijo que sí a { $mentee }; así pueden comunicarse.
mail-taken-back = { $mentee } retiró una solicitud. No le queda nada por hacer.
mail-ran-out = Una solicitud de { $mentee } no recibió respuesta a tiempo, y así se le dijo. Si ahora no tiene tiempo, deje de recibir solicitudes por una temporada: es justo para todo el mundo.
mail-declined-for-you = Usted ya no figura en el registro, por lo que se rechazó en su nombre una solicitud de { $mentee }.
mail-answer-not-taken = Lo último que respondió a { $mentee } no contó en el otro lado, probablemente porque la solicitud ya estaba retirada o su plazo había pasado.
mail-paused = Tres solicitudes seguidas vencieron sin una palabra suya, así que el registro muestra ahora que no recibe solicitudes. Nadie se lo toma a mal: quien busca mentoría simplemente ya no espera en vano.
mail-paused-appeal = Usted sigue en el registro. Cuando vuelva a tener tiempo, o si es un error, entre y vuelva a recibir solicitudes, o escriba al servicio del registro, que puede deshacerlo enseguida:
mail-asks-intro_15 = una conversación de unos quince minutos
mail-asks-micro = de una a tres reuniones
mail-asks-standard = una mentoría de algunos meses
mail-asks-open_ended = una mentoría sin final previsto
mail-asks-peer = un intercambio entre iguales
mail-asks-reverse = una mentoría inversa, en la que quien tiene menos antigüedad acompaña a quien tiene más
mail-asks-group = una mentoría en grupo

## A quien busca mentoría

mail-subject-delivered = Su solicitud ha llegado
mail-subject-question = Le han preguntado algo
mail-subject-exploring = Se ha acordado una primera llamada
mail-subject-accepted = Le han dicho que sí
mail-subject-declined = Una respuesta a su solicitud
mail-subject-expired = Su solicitud ha vencido
mail-subject-undeliverable = Su solicitud no se pudo entregar
mail-subject-mentor-paused = Una pausa mientras su solicitud espera
mail-subject-not-taken = Algo que envió no contó
mail-delivered = Su solicitud ha llegado a { $organisation } y se transmitirá a { $mentor }.
mail-delivered-until = Tendrá noticias nuestras pase lo que pase, a más tardar el { $day }.
mail-question = { $mentor } quiere saber algo antes de decidir.
mail-waits-for-them = Su solicitud espera ahora hasta el { $day }.
mail-exploring = { $mentor } acepta una primera llamada corta antes de decidir. Recibirá la dirección con el sí.
mail-accepted = { $mentor } ha dicho que sí. Escriba en los próximos días.
mail-declined = Esta vez es un no: { $why }.
mail-declined-next = Un no dice más del tiempo y del encaje que de usted. Puede preguntar a otras personas enseguida.
mail-unanswered = Su solicitud a { $mentor } no llegó a nada: { $why }.
mail-unanswered-next = No es un juicio sobre lo que escribió. Puede preguntar a otras personas enseguida.
mail-mentor-paused-until = { $mentor } hace una pausa hasta el { $day }.
mail-mentor-paused = { $mentor } hace una pausa sin fecha de fin.
mail-mentor-paused-waits = Su solicitud espera de todos modos y su plazo sigue corriendo: si nadie responde, termina el { $day } y se lo diremos.
mail-mentor-paused-next = No tiene que esperar: puede retirarla en cualquier momento y preguntar a otra persona. Si el día cambia, la página de su solicitud lo dirá:
mail-not-taken = Lo último que envió a { $mentor } no contó en el otro lado, probablemente porque el plazo había pasado.
mail-why-no_capacity = ya no queda tiempo o sitio
mail-why-not_right_expertise = no es lo que esa persona conoce
mail-why-timing = ahora no es buen momento
mail-why-conflict_of_interest = no sería correcto aceptarlo
mail-why-language_or_mode = falta un idioma o una forma de reunirse en común
mail-why-someone_else_better = otra persona encaja mejor
mail-why-other = la respuesta es no
mail-why-no_longer_listed = el perfil ya no figura en el registro
mail-why-blocked = no se desean más solicitudes suyas
mail-why-expired = nadie respondió antes de que acabara la espera
mail-why-undeliverable = no se pudo llevar allí a tiempo
mail-why-not_recognised = esa organización todavía no recibe solicitudes de la suya; su servicio del registro puede pedirlo
mail-why-inbox_full = allí esperan ya tantas solicitudes como caben; inténtelo de nuevo en unos días
mail-why-organisation_full = allí esperan ya tantas solicitudes de su organización como caben; inténtelo de nuevo en unos días
mail-why-cooldown = esa persona le dijo que no hace menos de 30 días
mail-why-pair_open = allí ya está abierta una solicitud suya a esa persona
mail-why-not_listed = ese perfil ya no figura allí
mail-why-not_accepting = esa persona no recibe solicitudes ahora
mail-why-no_introduction = no pertenece a nada que se conozca allí
mail-why-malformed = un texto contiene una dirección o un enlace, o incumple otra regla de allí

## Al servicio del registro

mail-subject-silent = Alguien podría necesitar unas palabras suyas
mail-silent = { $mentor } dejó vencer dos solicitudes seguidas sin una palabra. Una llamada amable suele ayudar: hay mensajes que no llegan y semanas demasiado llenas.
mail-silent-next = Una más, y el nodo mostrará que esa persona no recibe solicitudes, para que nadie más espere en vano. Se lo dirá, y ustedes dos podrán deshacerlo.

## A quien entra

mail-subject-sign-in = Su enlace para entrar
mail-sign-in = Alguien, probablemente usted, pidió entrar en el registro de mentoría de { $organisation }.
mail-sign-in-once = Ábralo en los próximos quince minutos y pulse el botón. Sirve una sola vez.
mail-sign-in-link = Entrar
mail-sign-in-else = Si no fue usted, no haga nada: nadie entra sin este enlace.

## About rights, and to see that mail arrives

mail-subject-rights = Una petición sobre los derechos de alguien
mail-subject-rights-answer = Una respuesta sobre sus datos
mail-subject-test = Una prueba del correo de su registro de mentoría
mail-rights = A { $organisation } ha llegado una petición sobre los derechos de una persona.
mail-rights-kind = Qué se pide
mail-rights-due = Debe responderse a más tardar el { $day }.
mail-rights-read = El servicio del registro la lee y la responde con: { $command }
mail-rights-answer = { $organisation } responde a su petición del { $day } (número { $number }).
mail-rights-words = Lo que dice
mail-rights-complain = Si esta respuesta no le satisface, puede reclamar ante su autoridad de protección de datos.
mail-test = El correo de su registro de mentoría llega. No tiene que hacer nada.
