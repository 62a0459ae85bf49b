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
