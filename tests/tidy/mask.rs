//! Blanks what is not code, byte for byte, so that a search in the rest finds only what the compiler sees.
//!
//! Offsets and line numbers stay true because every hidden byte becomes a space and line ends are kept. It knows just
//! enough of the language for that: comments (nested), strings (raw, byte), characters and lifetimes; no grammar.

/// A text in two versions of the same length as the original.
#[derive(Debug)]
pub(crate) struct Masked {
    /// Comments and the contents of literals blanked.
    pub(crate) code: String,
    /// Only comments blanked.
    pub(crate) literals: String,
}

/// Hides comments and literals of Rust source.
pub(crate) fn mask(text: &str) -> Masked {
    let bytes = text.as_bytes();
    let mut code = bytes.to_vec();
    let mut literals = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = match token(bytes, at) {
            Token::Comment(end) => {
                blank(&mut code[at..end]);
                blank(&mut literals[at..end]);
                end
            }
            Token::Literal { open, close, end } => {
                blank(&mut code[open..close]);
                end
            }
            Token::Other(end) => end,
        };
        at = end;
    }
    Masked { code: text_of(&code), literals: text_of(&literals) }
}

enum Token {
    Comment(usize),
    Literal { open: usize, close: usize, end: usize },
    Other(usize),
}

fn token(bytes: &[u8], at: usize) -> Token {
    let rest = &bytes[at..];
    match rest {
        [b'/', b'/', ..] => Token::Comment(at + rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len())),
        [b'/', b'*', ..] => Token::Comment(block_comment(bytes, at)),
        [b'"', ..] => quoted(bytes, at),
        [b'\'', ..] => character(bytes, at),
        [first, ..] if word(*first) => {
            let length = rest.iter().position(|&byte| !word(byte)).unwrap_or(rest.len());
            match &rest[..length] {
                b"r" | b"br" | b"cr" => raw(bytes, at + length),
                _ => Token::Other(at + length),
            }
        }
        _ => Token::Other(at + 1),
    }
}

fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn block_comment(bytes: &[u8], start: usize) -> usize {
    let (mut depth, mut at) = (0_usize, start);
    while at < bytes.len() {
        match &bytes[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] if depth == 1 => return at + 2,
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    bytes.len()
}

fn quoted(bytes: &[u8], start: usize) -> Token {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return Token::Literal { open: start + 1, close: at, end: at + 1 },
            _ => at += 1,
        }
    }
    Token::Literal { open: start + 1, close: bytes.len(), end: bytes.len() }
}

/// After `r`: a raw string if hashes and a quote follow, otherwise an ordinary word (or a raw identifier).
fn raw(bytes: &[u8], after: usize) -> Token {
    let hashes = bytes[after..].iter().take_while(|&&byte| byte == b'#').count();
    if bytes.get(after + hashes) != Some(&b'"') {
        return Token::Other(after);
    }
    let open = after + hashes + 1;
    let ending: Vec<u8> = std::iter::once(b'"').chain(std::iter::repeat_n(b'#', hashes)).collect();
    let close = bytes[open..].windows(ending.len()).position(|window| window == ending);
    let close = close.map_or(bytes.len(), |found| open + found);
    Token::Literal { open, close, end: (close + ending.len()).min(bytes.len()) }
}

/// A character if a quote closes it, a lifetime otherwise.
fn character(bytes: &[u8], start: usize) -> Token {
    let open = start + 1;
    let length = match bytes.get(open) {
        Some(b'\\') => 2 + bytes[(open + 2).min(bytes.len())..].iter().take_while(|&&byte| byte != b'\'').count(),
        Some(first) if *first >= 0x80 => bytes[open..].iter().take_while(|&&byte| byte >= 0x80).count(),
        Some(_) => 1,
        None => return Token::Other(open),
    };
    if bytes.get(open + length) == Some(&b'\'') {
        Token::Literal { open, close: open + length, end: open + length + 1 }
    } else {
        Token::Other(open)
    }
}

fn blank(bytes: &mut [u8]) {
    for byte in bytes {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn comments_and_literals_are_hidden_and_nothing_else() {
    let masked = mask("let a = \"x // y\"; // z\n/* b /* c */ d */ let q = 'e'; fn f<'a>(s: &'a str) { r#\"g\"h\"# }");
    assert!(masked.code.contains("let a = \"      \";"), "{}", masked.code);
    assert!(masked.code.contains("let q = ' '; fn f<'a>(s: &'a str) { r#\"   \"# }"), "{}", masked.code);
    assert!(!masked.literals.contains('z') && !masked.literals.contains('c'), "{}", masked.literals);
    assert!(masked.literals.contains("x // y"), "{}", masked.literals);
}

#[test]
fn an_escaped_quote_does_not_end_a_literal() {
    let masked = mask(r#"f("a\"b", '\'', '"', 'é'); g"#);
    assert_eq!(masked.code, "f(\"    \", '  ', ' ', '  '); g");
}
