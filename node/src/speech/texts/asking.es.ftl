### Asking a mentor, and answering.

asking-ask = Pedir una conversación
asking-ask-hint = Quince minutos son un buen comienzo y no comprometen a nada.
asking-ask-wait = Ahora no hay ninguna plaza libre. Aun así puede pedir una charla breve; la respuesta puede tardar más.
asking-paused = Esta persona hace una pausa y no se le puede pedir nada por ahora.
asking-paused-until = Esta persona hace una pausa; se le podrá volver a pedir el { $day }.
asking-closed = Esta persona ya no acepta solicitudes.
asking-see-others = [Buscar otras personas] que tengan tiempo.
asking-see-mine = [Ver todas sus solicitudes] y en qué punto está cada una.
asking-see-open = Ver la solicitud abierta
asking-a-mentor = la persona solicitada

## El formulario

asking-heading = Pedir una conversación a { $name }
asking-left = Puede tener { $most } solicitudes abiertas a la vez; le quedan { $left }.
asking-advice = Qué hace bueno un primer mensaje
asking-advice-title = Un título claro: una línea que diga de qué se trata.
asking-advice-limit = Una petición limitada. «¿Cómo pasó de la enfermería a la enseñanza?» es más fácil de contestar que «¿Quiere acompañarme?»
asking-advice-why = Por qué se dirige a esta persona: algo del perfil que le haya llamado la atención.
asking-advice-flexible = Flexibilidad: diga qué le viene bien y que sabrá adaptarse.
asking-advice-thanks = Dé las gracias. Un no también es una respuesta y deja abiertas otras puertas.
asking-title = Título
asking-title-hint = De qué se trata, en una línea.
asking-title-limit = De 10 a 120 caracteres.
asking-title-length =
    { $count ->
        [one] El título tiene un carácter; se admiten de 10 a 120.
        [many] El título tiene { $count } de caracteres; se admiten de 10 a 120.
       *[other] El título tiene { $count } caracteres; se admiten de 10 a 120.
    }
asking-purpose = De qué le gustaría hablar
asking-purpose-hint = En qué punto está, lo único que quiere saber o decidir y qué le ayudaría.
asking-purpose-limit = De 40 a 1200 caracteres.
asking-purpose-length =
    { $count ->
        [one] De qué le gustaría hablar tiene un carácter; se admiten de 40 a 1200.
        [many] De qué le gustaría hablar tiene { $count } de caracteres; se admiten de 40 a 1200.
       *[other] De qué le gustaría hablar tiene { $count } caracteres; se admiten de 40 a 1200.
    }
asking-why = Por qué se dirige a { $name }
asking-why-short = Por qué a esta persona
asking-why-hint = Puede dejarlo vacío, pero una línea sobre el perfil abre puertas.
asking-why-limit = Hasta 400 caracteres.
asking-why-length =
    { $count ->
        [one] Por qué a esta persona tiene un carácter; se admiten 400 como máximo.
        [many] Por qué a esta persona tiene { $count } de caracteres; se admiten 400 como máximo.
       *[other] Por qué a esta persona tiene { $count } caracteres; se admiten 400 como máximo.
    }
asking-offer = Qué pide
asking-offer-asked = Lo que se pide
asking-offer-hint = Después de una primera charla siempre puede pedir más.
asking-name = Su nombre, tal como lo verá esa persona
asking-name-hint = Basta el nombre de pila. Hasta 200 caracteres.
asking-name-length =
    { $count ->
        [0] Falta su nombre; escriba de 1 a 200 caracteres.
        [one] Su nombre tiene un carácter; se admiten de 1 a 200.
        [many] Su nombre tiene { $count } de caracteres; se admiten de 1 a 200.
       *[other] Su nombre tiene { $count } caracteres; se admiten de 1 a 200.
    }
asking-no-contact = No ponga correos electrónicos, teléfonos ni enlaces. Después de un sí, cada parte recibe la dirección de la otra.
asking-contact = { $field }: «{ $found }» parece una dirección, un teléfono o un enlace. Quítelo; después de un sí, cada parte recibe la dirección de la otra.
asking-preview = Ver lo que se envía
asking-error = No enviado:
asking-not-sent = Aún no se ha enviado nada. Lo que escribió sigue aquí.
asking-other-session = Ha iniciado sesión de nuevo desde que abrió este formulario. Revíselo y envíelo.
asking-taken = Estas son las palabras de su solicitud «{ $title }» a { $name }. Cambie lo que aquí no encaje y diga por qué se dirige a esta persona.

## La vista previa

asking-preview-heading = ¿Es esto lo que quiere enviar?
asking-preview-lead = Aún no se ha enviado nada. Esto es todo.
asking-preview-read = Lo que leerá { $name }
asking-from = Su organización
asking-beside = Lo que va con ello
asking-beside-1 = La hora, la firma de su organización y un número con el que { $name } puede ver que varias solicitudes vienen de la misma persona. En otro lugar el número no significa nada.
asking-kept = Lo que no se envía
asking-kept-1 = Su correo electrónico { $name }: se queda aquí hasta que llegue un sí, y entonces va solo a quien lo dijo.
asking-kept-2 = Lo que buscó, a quién más se dirige y todo lo demás que aquí se sabe de usted.
asking-send = Enviar
asking-change = Cambiar algo

## Por qué ahora no

asking-not-now = Ahora no
asking-not-now-heading = Ahora no se puede pedir nada a { $name }
asking-refused-pair = Ya tiene abierta una solicitud a esta persona. De una en una: mire en qué punto está.
asking-refused-cooldown = Esta persona dijo que no a una solicitud suya hace poco, o no desea ninguna más. Diríjase a otra; después de un no, se le puede volver a pedir pasados 30 días.
asking-refused-capacity = Tiene abiertas tantas solicitudes como es posible. Espere una respuesta o retire una.
asking-refused-organisation = La organización que inscribe a esta persona ya no se muestra aquí, y no se le puede enviar nada.
asking-refused-closed = Esta persona no acepta solicitudes ahora.
asking-refused-gone = Esta persona ya no está inscrita.
asking-refused-later = No se ha podido hacer ahora mismo y no se ha enviado nada. Inténtelo de nuevo dentro de un minuto.
asking-refused-field = Algo en el formulario todavía no encaja.

## Mis solicitudes

minute = { $day }, { $time } UTC
requests = Mis solicitudes
requests-nav = Usted
requests-waiting = Lo que espera su respuesta
requests-received = Lo que le ha llegado
requests-sent = Lo que ha pedido
requests-none-waiting = Nada le espera. Su inscripción y sus sesiones están en [su propia página].
requests-none-sent = Aún no ha pedido nada a nadie. [Cuatro preguntas ayudan a buscar.]
requests-all-received = Todo lo que le ha llegado
requests-all-sent = Todo lo que ha pedido
requests-older = Anteriores
requests-to = a { $name }, { $organisation }
requests-from = de { $name }, { $organisation }

## Una solicitud

request-back = [Mis solicitudes]
request-stands = En qué punto está
request-letter = Lo que se pidió
request-asked-by = Quién pide
request-asked-on = Pedido el
request-purpose = De qué hablar
request-why = Por qué esta persona
request-timeline = Lo que ha pasado
request-contact-name = Nombre
request-contact = Correo
request-contact-next = Escríbanse pronto: cuándo hablar y para qué.
request-paused = La persona solicitada hace una pausa. La solicitud espera de todos modos.
request-also-open = Sus otras solicitudes
request-also-open-lead = Estas siguen esperando. Si ahora no necesita a nadie más, retírelas: es un detalle con quienes las recibieron.
request-take-back = Retirarla
request-others = A quién más podría dirigirse
request-others-lead = Un no pocas veces se debe a usted. Sus palabras siguen aquí: envíelas a otra persona, cambiadas como quiera.
request-referred = Propuesta por la persona solicitada.
request-ask-again = Pedir con las mismas palabras
request-withdraw = Retirar la solicitud
request-withdraw-then = La persona solicitada sabrá que la retiró, sin motivo. No se puede deshacer; puede dirigirse a otras de inmediato.
request-withdraw-yes = Sí, retirarla
request-aside = No proponerme nunca a esta persona
request-aside-then = Esta persona no se le volverá a proponer. Nadie lo sabrá, y las solicitudes en marcha continúan.
request-aside-is = Esta persona no se le propone. Nadie lo ha sabido.
request-aside-yes = Apartar a esta persona
request-aside-no = Volver a proponer a esta persona
request-state-queued = En camino
request-state-relayed = En camino
request-state-delivered = Entregada
request-state-notified = Entregada
request-state-question = Pregunta
request-state-answered = Pregunta contestada
request-state-exploring = Charla breve acordada
request-state-accepted = Sí
request-state-declined = No
request-state-refused = No aceptada
request-state-expired = Sin respuesta
request-state-withdrawn = Retirada
request-state-superseded = Retirada
request-state-blocked = No
request-state-undeliverable = No entregada
request-sent-queued = En camino a { $organisation }. Este nodo lo intenta por sí mismo hasta que llegue y espera respuesta hasta el { $day }. No tiene que hacer nada.
request-sent-relayed = Otro nodo la guarda para { $organisation } hasta que el suyo responda. Espera respuesta hasta el { $day }. No tiene que hacer nada.
request-sent-delivered = Está en { $organisation }, que avisa a { $name }. Lo sabrá antes del { $day }: una respuesta, o que no llegó ninguna.
request-sent-notified = { $name } ya lo sabe. Lo sabrá antes del { $day }: una respuesta, o que no llegó ninguna.
request-sent-question = { $name } le ha hecho una pregunta. Conteste abajo; espera hasta el { $day }.
request-sent-answered = Su respuesta ha salido. { $name } decide antes del { $day }.
request-sent-exploring = { $name } acepta una charla breve. Un sí o un no seguirá antes del { $day }.
request-sent-accepted = { $name } ha dicho que sí. Ahora cada parte tiene la dirección de la otra.
request-sent-declined = { $name } ha dicho que no. Las personas de abajo podrían encajar.
request-sent-refused = { $organisation } no aceptó la solicitud.
request-sent-expired = Hasta el { $day } no llegó respuesta. Ocurre, y no se debe a usted. Las personas de abajo quizá tengan más tiempo.
request-sent-withdrawn = La retiró usted. { $name } lo ha sabido, sin motivo.
request-sent-superseded = La retiró porque otra persona dijo que sí. { $name } lo ha sabido.
request-sent-blocked = { $name } no desea más solicitudes suyas. Le rogamos que lo respete.
request-sent-undeliverable = No se pudo llevar a tiempo a { $organisation }. Allí no se leyó nada.
request-received-waiting = { $name } espera su respuesta hasta el { $day }.
request-received-question = { $name } tiene su pregunta, y hasta el { $day } para contestar. También puede decidir sin esperar.
request-received-answered = { $name } le ha contestado y le espera hasta el { $day }.
request-received-exploring = Ha aceptado una charla breve. Diga sí o no antes del { $day }.
request-received-accepted = Ha dicho que sí. { $name } tiene su dirección; la otra estará aquí en cuanto se alcance su nodo.
request-received-declined = Ha dicho que no. { $name } lo ha sabido con amabilidad.
request-received-expired = Terminó el { $day } sin respuesta. { $name } lo ha sabido y ha recibido otras propuestas.
request-received-withdrawn = { $name } retiró la solicitud. No tiene que hacer nada.
request-received-superseded = { $name } encontró a otra persona y retiró la solicitud. No tiene que hacer nada.
request-received-blocked = No desea más solicitudes de { $name }. Ya no le llegará ninguna.
request-received-over = Esta solicitud ha terminado. No tiene que hacer nada.
request-event-queued = { $mentee } se dirigió a { $mentor }.
request-event-relayed = Otro nodo la guarda para { $organisation }.
request-event-delivered = Está en { $organisation }.
request-event-notified = { $mentor } ya lo sabe.
request-event-question = { $mentor } preguntó:
request-event-answered = { $mentee } contestó:
request-event-exploring = { $mentor } aceptó una charla breve.
request-event-accepted = { $mentor } dijo que sí.
request-event-contact = Llegó la dirección de { $mentee }.
request-event-declined = { $mentor } dijo que no.
request-event-refused = { $organisation } no la aceptó.
request-event-expired = Nadie contestó a tiempo.
request-event-withdrawn = { $mentee } la retiró.
request-event-superseded = { $mentee } la retiró porque otra persona dijo que sí.
request-event-blocked = { $mentor } no desea más solicitudes de { $mentee }.
request-event-undeliverable = No se pudo llevar a { $organisation }.
request-refusal-not_recognised = Su nodo no muestra a la organización de usted. El servicio de su registro puede pedir al de allí que lo cambie.
request-refusal-inbox_full = Ya esperan a esta persona tantas solicitudes como es posible. Inténtelo dentro de unos días.
request-refusal-organisation_full = Ya esperan allí tantas solicitudes de su organización como es posible. Inténtelo dentro de unos días.
request-refusal-cooldown = Esta persona dijo que no a una solicitud suya hace menos de 30 días.
request-refusal-pair_open = Allí hay abierta una solicitud suya a esta persona.
request-refusal-not_listed = Esta persona ya no está inscrita allí.
request-refusal-not_accepting = Esta persona no acepta solicitudes ahora.
request-refusal-no_introduction = No pertenece a nada conocido allí.
request-refusal-malformed = Un texto contiene una dirección o un enlace, o incumple otra regla de ese nodo.
request-reason-no_capacity = El motivo: ya no queda tiempo o plaza.
request-reason-not_right_expertise = El motivo: no es lo que esta persona conoce.
request-reason-timing = El motivo: no es el momento.
request-reason-conflict_of_interest = El motivo: no sería correcto aceptarlo.
request-reason-language_or_mode = El motivo: no hay idioma o forma de verse en común.
request-reason-someone_else_better = El motivo: otra persona encaja mejor.
request-reason-other = No se dio ningún motivo.
request-reason-no_longer_listed = El motivo: esta persona ya no está inscrita.
request-reason-blocked = El servicio de su registro sabe que ocurrió, y no lo que se escribió.
request-because-no_capacity = No me queda tiempo o plaza
request-because-not_right_expertise = No es lo que conozco
request-because-timing = Ahora no
request-because-language_or_mode = No tenemos idioma o forma de vernos en común
request-because-someone_else_better = Otra persona encajaría mejor
request-because-conflict_of_interest = No sería correcto que lo aceptara
request-because-other = Otro motivo

## Contestar

answering = Su respuesta
answering-room = { $taken } de sus { $places } plazas están ocupadas.
answering-others =
    { $count ->
        [one] Esta persona tiene otra solicitud abierta en su organización.
        [many] Esta persona tiene otras { $count } de solicitudes abiertas en su organización.
       *[other] Esta persona tiene otras { $count } solicitudes abiertas en su organización.
    }
answering-explore = Sí a una charla breve
answering-explore-then = La otra parte sabrá que acepta una primera charla breve. Aún no sale ninguna dirección; un sí o un no sigue en treinta días.
answering-explore-send = Aceptar una charla breve
answering-accept = Sí
answering-accept-then = Ocupa una de sus plazas, y cada parte recibe enseguida la dirección de la otra.
answering-accept-address = La suya es { $name }.
answering-accept-send = Decir que sí
answering-question = Preguntar algo antes
answering-question-then = La otra parte recibe su pregunta y una semana más. Puede preguntar tres veces.
answering-question-text = Su pregunta
answering-question-send = Enviar la pregunta
answering-decline = No
answering-decline-then = La otra parte lo sabrá con amabilidad, con su motivo, y recibirá otras tres propuestas. Su dirección no se muestra nunca.
answering-decline-send = Decir que no
answering-reason = Por qué
answering-reason-wrong = Elija uno de los motivos.
answering-referral = Alguien que pueda encajar mejor, si conoce a alguien
answering-referral-hint = La dirección de su página en este registro. Va con su no.
answering-referral-wrong = Nadie en este registro tiene esta dirección. Cópiela de su página o deje el campo vacío.
answering-pause = No, y ninguna solicitud durante un tiempo
answering-pause-then = La otra parte sabrá que ahora no tiene tiempo. Su inscripción dice hasta cuándo, y antes no llega nada nuevo; lo que ya espera se queda.
answering-until = El día en que las solicitudes volverán a ser bienvenidas
answering-until-hint = Después de hoy y dentro de un año.
answering-until-wrong = Elija un día después de hoy y dentro de un año.
answering-pause-send = Decir que no y hacer una pausa
answering-block = Bloquear a esta persona o contar lo ocurrido
answering-block-then = No le llegará ninguna solicitud más de esta persona. Su organización sabrá que ocurrió, y nada de lo que se escribió.
answering-report = Lo ocurrido, para el servicio de su propio registro
answering-report-hint = Puede dejarlo vacío. Hasta 1200 caracteres; nunca salen de este nodo.
answering-block-send = Bloquear
answering-unblock = Dejar que esta persona vuelva a pedir
answering-unblock-then = Las solicitudes de esta persona vuelven a aceptarse aquí en cuanto su organización las envíe de nuevo.
answering-unblock-send = Levantar el bloqueo
answering-answer = Su respuesta
answering-answer-text = Lo que contesta a la pregunta
answering-answer-send = Enviar la respuesta
answering-text = Sus palabras
answering-text-hint = Hasta 1200 caracteres, sin direcciones, teléfonos ni enlaces.
answering-text-length =
    { $count ->
        [0] Aún no hay nada escrito; se admiten de 1 a 1200 caracteres.
        [one] Un carácter; se admiten de 1 a 1200.
        [many] { $count } de caracteres; se admiten de 1 a 1200.
       *[other] { $count } caracteres; se admiten de 1 a 1200.
    }
answering-note = Una palabra amable
answering-note-hint = Puede dejarlo vacío. Hasta 400 caracteres, sin direcciones ni enlaces.
answering-note-length =
    { $count ->
        [one] Un carácter; se admiten 400 como máximo.
        [many] { $count } de caracteres; se admiten 400 como máximo.
       *[other] { $count } caracteres; se admiten 400 como máximo.
    }
answering-crossed = Entretanto esta solicitud ha terminado y no se ha enviado nada. No tiene que hacer nada.
answering-changed = No se ha enviado nada: entretanto esta solicitud está en otro punto. Mírelo abajo.
answering-not-listed = Su inscripción ya no está en el registro y no se puede aceptar nada para ella. Pregunte al servicio de su registro o diga que no.
answering-full = Todas sus plazas están ocupadas y ahora no puede decir que sí. Acepte una charla breve, diga que no o pida más plazas al servicio de su registro.
answering-typed = Lo que escribió:
