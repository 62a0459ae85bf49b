### Times that suit, and calendars.

slots-time = { $weekday }, { $day }, { $time } ({ $zone })
slots-both = { $own }, { $minutes }; para la otra persona { $other }
slots-one = { $time }, { $minutes }
slots-minutes =
    { $count ->
        [one] { $count } minuto
        [many] { $count } de minutos
       *[other] { $count } minutos
    }
slots-offered = Cuándo sería posible hablar
slots-agreed = Cuándo es la conversación
weekday-1 = lunes
weekday-2 = martes
weekday-3 = miércoles
weekday-4 = jueves
weekday-5 = viernes
weekday-6 = sábado
weekday-7 = domingo
slots-legend = Momentos que le convienen, si lo desea
slots-hint = Hasta seis momentos para una primera conversación, según su reloj. La otra persona los ve también según el suyo, si su ficha indica una zona horaria, y puede elegir uno al decir que sí.
slots-zone = Su zona horaria
slots-zone-none = Elija una
slots-start = Momento { $count }
slots-length = Cuánto dura
slots-choose = ¿Qué momento le conviene?
slots-choose-none = Ninguno; lo acordamos por correo
slots-file = Añadirlo a su calendario
slots-wrong-zone = Elija su zona horaria, para que las horas se lean con el reloj correcto.
slots-wrong-unread = Indique una fecha y una hora.
slots-wrong-skipped = Entonces se adelantan los relojes y esta hora no existe. Elija { $early } o { $late }.
slots-wrong-twice = Entonces se atrasan los relojes y esta hora ocurre dos veces. Elija otra.
slots-wrong-past = Este momento ya pasó. Elija uno posterior.
slots-wrong-far = Está demasiado lejos. Elija un momento hasta el { $day }.
slots-wrong-repeated = Este momento está dos veces. Quite uno.
slots-wrong-choice = Elija uno de los momentos que aún no han pasado, o ninguno.
