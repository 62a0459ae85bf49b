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
