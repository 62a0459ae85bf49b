# Las páginas en español. Lo que está entre { … } lo pone el nodo; [ y ] encierran las palabras de un enlace.

## Todas las páginas

register = Registro de mentoría
of-organisation = de { $name }
skip = Ir al contenido
about-this-register = Acerca de este registro
search = Búsqueda
about = Acerca de
sign-in-or-out = Entrar o salir
privacy = Privacidad
complaints = Reclamaciones
own-disk = Respuesta del propio disco de este nodo. Sus palabras no fueron a ningún otro sitio.
switch = Idioma
decimal-sign = ,
day = { $day } de { $month } de { $year }
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre

## La primera página

find = Encontrar mentora o mentor
ask = ¿En qué le gustaría trabajar?
ask-hint = Una habilidad, una profesión, una pregunta: «redes sociales», «volver al trabajo».
ask-button = Buscar
unsure = ¿No sabe qué escribir? [Cuatro preguntas ayudan], y puede saltarse cualquiera.
everybody = [Ver a todo el mundo]
start-counted =
    { $count ->
        [one] Por ahora hay una persona inscrita aquí.
        [many] Aquí hay { $count } de personas inscritas.
       *[other] Aquí hay { $count } personas inscritas.
    }
start-what = Qué es la mentoría
start-what-1 = La mentoría es una conversación entre usted y alguien que ya estuvo donde usted quiere llegar. Esa persona escucha, pregunta, comparte su experiencia y a veces abre una puerta. Usted decide qué hacer con ello.
start-what-2 = No es un curso, ni una terapia, ni una oferta de empleo, y nadie tiene que ser perfecto: casi todo el mundo puede ayudar en algo y necesita ayuda en otra cosa.
start-kinds = Formas de mentoría
kind-intro_15 = Una primera charla para ver si encajan. No compromete a nada y es la mejor manera de empezar.
kind-micro = Una pregunta o decisión, resuelta en pocas reuniones.
kind-standard = Una relación con un objetivo, normalmente con una reunión al mes.
kind-open_ended = Mientras resulte útil a ambas partes.
kind-peer = Dos personas en la misma etapa se ayudan por turnos.
kind-reverse = Una persona con menos antigüedad acompaña a otra con más.
kind-group = Una persona acompaña a unas pocas con la misma pregunta.
start-steps = Cómo funciona
step-1 = Busque aquello en lo que quiere trabajar, o deje que cuatro preguntas encuentren las palabras.
step-2 = Lea uno o dos perfiles. Cada resultado dice por qué se encontró; la decisión es suya.
step-3 = Pida 15 minutos: un título claro, una petición limitada y por qué se dirige a esa persona. Puede tener cinco solicitudes abiertas a la vez.
step-4 = Siempre recibe una respuesta. Los datos de contacto se intercambian solo cuando ambas partes dicen que sí.
step-5 = Reúnanse, acuerden para qué y cada cuánto, y miren atrás al cabo de un tiempo: ¿sigue siendo útil?
step-6 = Déjelo cuando no encaje. Nadie necesita un motivo y nadie tiene la culpa.
start-whom = A quién preguntar
start-whom-asked = { $name } lleva este registro. El servicio del registro ayuda con solicitudes, perfiles y todo lo que haya salido mal.
start-whom-more = Estas páginas dicen de quién son los perfiles, qué ocurre con lo que las personas cuentan de sí mismas y adónde acudir cuando algo está mal:

## ¿Qué necesita?

need = ¿Qué necesita?
need-lead = Cuatro preguntas, unos tres minutos. Conteste lo que quiera y deje el resto: cada respuesta mejora un poco la búsqueda y ninguna es necesaria.
need-private = Sus respuestas se quedan en la dirección de su propia búsqueda. Este nodo no las guarda ni las envía a ningún sitio.
need-why = ¿Por qué busca mentoría?
need-context = ¿En qué punto está?
need-context-hint = Su campo, su trabajo, lo que cambia: «enfermería, dirijo un equipo por primera vez».
need-context-label = Su situación en pocas palabras
need-look = ¿Qué busca?
need-look-words = En qué quiere trabajar
need-look-kind = Cómo le gustaría trabajar en común
need-look-language = Un idioma que quiere hablar
need-look-any = cualquier idioma
need-look-free = Solo personas con una plaza libre
need-bring = ¿Qué aporta usted?
need-bring-hint = La otra persona querrá saber a quién va a conocer: qué sabe hacer, qué ha intentado, cuándo tiene tiempo. Esto no se usa en la búsqueda. Se queda junto a los resultados, listo para su primer mensaje.
need-bring-label = Lo que aporta, en pocas frases
need-button = Encontrar personas
need-skip = [Saltar las preguntas] y ver a todo el mundo.
told = Lo que nos ha dicho
told-change = [Cambiar sus respuestas]
help-career_development = Mi carrera profesional
help-sector_knowledge = Conocer un sector
help-organisational_politics = Entender cómo funciona una organización
help-skills = Una habilidad
help-confidence = Confianza en mí
help-managing_change = Un cambio que debo gestionar
help-returning_to_work = Volver al trabajo
help-chartership_or_accreditation = Un título o una acreditación
help-leadership = Dirigir personas
help-entrepreneurship = Poner en marcha algo propio

## Resultados

refused = No se pudo hacer esa búsqueda
again = [Empezar de nuevo]
found =
    { $count ->
        [0] No se encontró a nadie
        [one] { $count } persona
        [many] { $count } de personas
       *[other] { $count } personas
    }
found-range = { $first } a { $last }
narrow = Acotar los resultados
filters-set = Filtros activos
filter-remove = – quitar este filtro
filter-remove-all = Quitar todos
filter-skill = Sabe de
filter-offer = Ofrece
filter-language = Habla
filter-country = Vive en
filter-organisation = Inscripción de
filter-available = Plazas libres
filter-trainee = En formación
trainee-true = dice estar en formación
trainee-false = no lo dice
available-true = tiene una plaza libre
available-false = ahora no tiene ninguna
none-yet = Todavía no hay nadie inscrito aquí. Los perfiles aparecerán en cuanto { $name } publique el primero o confíe en una organización que los tenga.
nobody = Nadie cumple todo esto. Lo que suele ayudar:
nobody-filters = [Buscar otra vez sin los filtros]
nobody-words = Use menos palabras o palabras más generales: «escritura» en lugar de «redacción de informes anuales».
nobody-everybody = [Ver a todo el mundo], primero quien está más disponible.
nobody-hidden = Se conocen perfiles de otras organizaciones, pero no se muestran aquí; vea más abajo.
listed-by = Inscripción de { $name }
why = Por qué esta persona: { $points } de 100 puntos
why-words = «{ $words }» aparece en { $places }
why-words-read = «{ $words }», leído como «{ $reading }», aparece en { $places }
why-words-alike = «{ $words }», leído como «{ $reading }» o algo parecido, aparece en { $places }
why-together = { $words } muy cerca
why-skills = sabe de { $skills }
why-language = habla { $language } ({ $fluency })
why-country = vive en { $place }
why-offers = ofrece: { $offers }
why-readiness = { $said }
why-practice = { $said }
quoted = «{ $words }»
place-skills = habilidades
place-headline = titular
place-name = nombre
place-helps_with = temas de ayuda
place-tags = etiquetas
place-summary = resumen
place-sectors = sectores
place-bio = el texto más largo
place-fit = a quién puede ayudar
place-programme = programa
place-employer = empleador
place-region = región
results-more = Más resultados
results-earlier = Resultados anteriores
hidden = Conocidas, pero no mostradas aquí
hidden-lead = Estas organizaciones están en la red. Sus perfiles aparecerán aquí cuando el servicio del registro confíe en ellas.
hidden-mentors =
    { $count ->
        [one] { $count } perfil
        [many] { $count } de perfiles
       *[other] { $count } perfiles
    }
hidden-next = Para mostrarlas:
count-unit = personas
back-to-top = [Volver arriba]

## Un perfil

back-to-search = [Búsqueda]
profile-about = Presentación
profile-skills = Sabe de
profile-fit = A quién puedo ayudar y a quién no
profile-more = Más
profile-links = En otros sitios
profile-short = En breve
list-offers = Ofrece
list-helps = Ayuda con
list-brings = Aporta
list-languages = Idiomas
list-access = Accesibilidad
list-tags = Etiquetas
fact-employer = Trabaja en
fact-sectors = Sectores
fact-meets = Se reúne
fact-zone = Zona horaria
fact-scope = Busca
fact-style = Forma de trabajar
fact-answers = Responde
fact-ethics = Ética
fact-assured = Revisión
years =
    { $count ->
        [one] { $count } año
        [many] { $count } de años
       *[other] { $count } años
    }
ethics-accepted = dice que aceptó { $code } el { $day }
assured-by = { $day }, función: { $role }
from-where = De dónde viene esto
from-where-signed = { $name } firmó este perfil el { $issued }. Desaparece el { $expires } si no se renueva. Lo que la persona dice de sí misma es suyo; la firma muestra quién la inscribe.
from-where-profile = Perfil
from-where-record = Registro firmado
from-where-download = Descargar el registro firmado
from-where-check = Cualquiera puede comprobarlo con esta orden:

## Palabras del perfil

offer-intro_15 = Una conversación de 15 minutos
offer-micro = De una a tres reuniones
offer-standard = De tres a doce meses
offer-open_ended = Sin final previsto
offer-peer = Mentoría entre iguales
offer-reverse = Mentoría inversa
offer-group = Un grupo
offer-minutes =
    { $count ->
        [one] { $count } minuto cada una
        [many] { $count } de minutos cada una
       *[other] { $count } minutos cada una
    }
offer-monthly = { $count } al mes
offer-most =
    { $count ->
        [one] { $count } persona
        [many] hasta { $count } de personas
       *[other] hasta { $count } personas
    }
fee-free = gratis
fee-expenses = solo gastos
fee-paid = de pago
fee-sliding = precio según los medios
helps-career_development = Carrera profesional
helps-sector_knowledge = Conocimiento del sector
helps-organisational_politics = Dinámica interna de las organizaciones
helps-skills = Habilidades
helps-confidence = Confianza
helps-managing_change = Gestión del cambio
helps-returning_to_work = Vuelta al trabajo
helps-chartership_or_accreditation = Título o acreditación
helps-leadership = Dirección de personas
helps-entrepreneurship = Emprendimiento
access-captions = Subtítulos
access-sign_language = Lengua de signos
access-step_free = Sin escalones
access-easy_read = Lectura fácil
access-low_bandwidth = Conexión lenta
access-camera_off_ok = Cámara apagada permitida
spoken = { $language } ({ $fluency })
fluency-native = lengua materna
fluency-fluent = con fluidez
fluency-working = para el trabajo
level-beginner = nociones
level-average = bien
level-expert = a fondo
mode-video = por vídeo
mode-phone = por teléfono
mode-in_person = en persona
mode-text = por escrito
scope-local = personas cercanas
scope-regional = personas de la región
scope-national = personas del país
scope-international = personas de cualquier lugar
style-listening = escuchar
style-challenging = plantear retos
style-sponsoring = abrir puertas
style-teaching = enseñar
style-coaching = orientar con preguntas
style-sharing_experience = compartir experiencia
knowing-why = saber por qué: propósito y rumbo
knowing-how = saber cómo: habilidades y práctica
knowing-whom = saber quién: personas y redes
answers-new = demasiado pocas solicitudes para decir en cuánto tiempo
answers-3d = normalmente en 3 días
answers-7d = normalmente en una semana
answers-14d = normalmente en dos semanas
answers-slow = normalmente tarda más de dos semanas
availability-accepting =
    { $count ->
        [0] Acepta solicitudes, ahora sin plazas libres
        [one] Acepta solicitudes, { $count } plaza libre
        [many] Acepta solicitudes, { $count } de plazas libres
       *[other] Acepta solicitudes, { $count } plazas libres
    }
availability-waitlist = Tiene lista de espera
availability-paused = Por ahora no acepta solicitudes
availability-closed = No acepta solicitudes
availability-from = desde el { $day }
availability-until = hasta el { $day }
practice-qualified = dice tener formación en mentoría
practice-experienced = dice tener experiencia, sin título
practice-trainee = dice estar formándose en mentoría
practice-trainee-on = dice estar formándose en mentoría con { $programme }
practice-award = se prepara para { $award }
practice-until = hasta el { $day }
practice-supervised = con supervisión
practice-unsupervised = sin supervisión
practice-hours = { $hours } horas de práctica
hours-0 = menos de 10
hours-10 = de 10 a 25
hours-25 = de 25 a 50
hours-50 = de 50 a 100
hours-100 = de 100 a 250
hours-250 = 250 o más

## Acerca de

about-what = Este es un registro de mentoría sin centro. Colegios profesionales, empresas y programas de acreditación llevan cada uno su propio nodo. Cada uno inscribe a sus propias mentoras y mentores, firma lo que dice de ellas y ellos y guarda una copia completa de lo que han firmado aquellos en quienes confía.
about-who = Quién lleva este nodo
about-who-runs = { $name } lo lleva y responde de las personas que inscribe. Su nombre corto en la red:
website = Su sitio web:
about-whose = De quién son los perfiles
about-listed =
    { $count ->
        [one] { $count } perfil, inscrito por:
        [many] { $count } de perfiles, inscritos por:
       *[other] { $count } perfiles, inscritos por:
    }
about-search = Cómo funciona una búsqueda
about-search-1 = Sus palabras se buscan en el propio disco de este nodo y no van a ningún otro sitio. Cada resultado viene con sus razones: qué palabras coincidieron y dónde, qué filtros se cumplen, si hay una plaza libre. Los puntos solo ordenan la lista; decide usted.
about-search-2 = Lo que empieza por «dice» es lo que una persona dice de sí misma. Nadie lo ha comprobado.
about-search-3 = Una inscripción que su organización no renueva desaparece sola en cinco semanas.

## Privacidad

privacy-own = El aviso de privacidad de la propia organización:
privacy-own-more = Lo que sigue dice con palabras sencillas lo que hace este nodo.
privacy-ours = Este es el aviso de { $name } para su registro de mentoría.
privacy-search = Si usted busca
privacy-search-1 = Lo que escribe se responde desde el propio disco de este nodo. No se envía a otras organizaciones, no se guarda ni se usa para hacerse una imagen de usted. Estas páginas no ejecutan programas ni cargan nada de fuera. Si elige un idioma, una cookie guarda esa sola palabra y nada sobre usted. Mientras tiene la sesión abierta, una segunda cookie dice a este nodo, y a nadie más, que es usted.
privacy-listed = Si usted figura en el registro
privacy-listed-1 = Su organización publica lo que usted aceptó mostrar: su nombre, lo que sabe y ofrece, sus idiomas, su país y región, y si tiene tiempo. Nunca publica su correo electrónico, teléfono, dirección postal, fecha de nacimiento ni su consentimiento. Eso se queda en la organización que le inscribe.
privacy-listed-2 = Un perfil publicado se copia en los nodos de las organizaciones que participan, quizá en otros países, para que cada una pueda buscar sin preguntar a nadie. En la web abierta se muestra solo si usted lo aceptó por separado.
privacy-rights = Sus derechos
privacy-see = Verlo:
privacy-see-how = la página de su perfil muestra todo lo que es público.
privacy-correct = Corregirlo:
privacy-correct-how = pídalo a la organización que le inscribe. La nueva versión sustituye a la anterior en todas partes.
privacy-leave = Irse:
privacy-leave-how = pídale que retire o borre su perfil. Los nodos conectados lo quitan de la búsqueda en segundos. Un nodo apagado se pone al día cuando vuelve, y toda copia caduca en cinco semanas.
privacy-complain = Reclamar:
privacy-complain-how = la [página de reclamaciones] dice dónde.

## Reclamaciones

complaints-lead = ¿Hay aquí algo falso, dañino o sobre usted sin su consentimiento? Dígalo.
complaints-mentor = Sobre una persona o un perfil
complaints-mentor-1 = Cada perfil nombra a la organización que lo inscribe. Esa organización puede corregirlo, retirarlo o borrarlo, y es la primera a la que preguntar.
complaints-register = Sobre este registro
complaints-write = Escriba a { $name }:
complaints-turn = Diríjase a { $name }, que lleva este nodo, y pregunte por el servicio del registro.
complaints-then = Qué ocurre después
complaints-then-1 = El servicio del registro puede retirar enseguida de la red un perfil de su propia organización y dejar de mostrar aquí todo lo de otra. También puede reclamar ante la autoridad de protección de datos de su país.
