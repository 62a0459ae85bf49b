//! How a request or an answer lies on a stream: four bytes of length, big-endian, then the bytes.
//!
//! Owns framing and its limits; what is inside is not its business. A length over the limit is refused before
//! anything is read or allocated.

use std::io;

use futures::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use libp2p::StreamProtocol;
use libp2p::request_response::Codec;
use thiserror::Error;

use crate::limits::{REQUEST_BYTES_MAX, RESPONSE_BYTES_MAX};

/// What can be wrong with a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum FrameError {
    #[error("a frame of {bytes} bytes is over the limit of {limit}")]
    TooLarge { bytes: usize, limit: usize },
    #[error("the stream ended before a frame began")]
    Nothing,
    #[error("the stream ended within a frame")]
    Cut,
}

impl FrameError {
    /// Finds the frame error within an I/O error.
    pub(crate) fn within(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref().copied()
    }
}

impl From<FrameError> for io::Error {
    fn from(error: FrameError) -> Self {
        let kind = match error {
            FrameError::TooLarge { .. } => io::ErrorKind::InvalidData,
            FrameError::Nothing | FrameError::Cut => io::ErrorKind::UnexpectedEof,
        };
        Self::new(kind, error)
    }
}

/// The codec of both request protocols.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct FrameCodec;

impl Codec for FrameCodec {
    type Protocol = StreamProtocol;
    type Request = Vec<u8>;
    type Response = Vec<u8>;

    async fn read_request<T>(&mut self, _: &StreamProtocol, io: &mut T) -> io::Result<Vec<u8>>
    where
        T: AsyncRead + Unpin + Send,
    {
        read_frame(io, REQUEST_BYTES_MAX).await
    }

    async fn read_response<T>(&mut self, _: &StreamProtocol, io: &mut T) -> io::Result<Vec<u8>>
    where
        T: AsyncRead + Unpin + Send,
    {
        read_frame(io, RESPONSE_BYTES_MAX).await
    }

    async fn write_request<T>(&mut self, _: &StreamProtocol, io: &mut T, bytes: Vec<u8>) -> io::Result<()>
    where
        T: AsyncWrite + Unpin + Send,
    {
        write_frame(io, &bytes, REQUEST_BYTES_MAX).await
    }

    async fn write_response<T>(&mut self, _: &StreamProtocol, io: &mut T, bytes: Vec<u8>) -> io::Result<()>
    where
        T: AsyncWrite + Unpin + Send,
    {
        write_frame(io, &bytes, RESPONSE_BYTES_MAX).await
    }
}

async fn read_frame<T: AsyncRead + Unpin + Send>(io: &mut T, limit: usize) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    let (first, rest) = length.split_at_mut(1);
    if io.read(first).await? == 0 {
        return Err(FrameError::Nothing.into());
    }
    fill(io, rest).await?;
    let bytes = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    if bytes > limit {
        return Err(FrameError::TooLarge { bytes, limit }.into());
    }
    let mut frame = vec![0; bytes];
    fill(io, &mut frame).await?;
    Ok(frame)
}

async fn fill<T: AsyncRead + Unpin + Send>(io: &mut T, buffer: &mut [u8]) -> io::Result<()> {
    io.read_exact(buffer)
        .await
        .map_err(|error| if error.kind() == io::ErrorKind::UnexpectedEof { FrameError::Cut.into() } else { error })
}

async fn write_frame<T: AsyncWrite + Unpin + Send>(io: &mut T, frame: &[u8], limit: usize) -> io::Result<()> {
    let too_large = FrameError::TooLarge { bytes: frame.len(), limit };
    let length = u32::try_from(frame.len()).map_err(|_| too_large)?;
    if frame.len() > limit {
        return Err(too_large.into());
    }
    io.write_all(&length.to_be_bytes()).await?;
    io.write_all(frame).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::executor::block_on;
    use futures::io::Cursor;

    fn read(bytes: &[u8], limit: usize) -> Result<Vec<u8>, FrameError> {
        block_on(read_frame(&mut Cursor::new(bytes), limit))
            .map_err(|error| FrameError::within(&error).expect("every failure here is one of the frame"))
    }

    #[test]
    fn what_is_written_is_read_back() {
        for size in [0, 1, 1000] {
            let mut wire = Cursor::new(Vec::new());
            block_on(write_frame(&mut wire, &vec![5; size], 1000)).expect("within the limit");
            assert_eq!(read(wire.get_ref(), 1000), Ok(vec![5; size]));
        }
    }

    #[test]
    fn a_broken_frame_says_how_it_is_broken() {
        assert_eq!(read(&[], 10), Err(FrameError::Nothing));
        assert_eq!(read(&[0, 0], 10), Err(FrameError::Cut));
        assert_eq!(read(&[0, 0, 0, 3, 1, 2], 10), Err(FrameError::Cut));
        assert_eq!(read(&[0, 0, 0, 11], 10), Err(FrameError::TooLarge { bytes: 11, limit: 10 }));
        let huge = usize::try_from(u32::MAX).expect("a length of four bytes fits this machine");
        assert_eq!(read(&[0xff; 4], 10), Err(FrameError::TooLarge { bytes: huge, limit: 10 }));
        let refused = block_on(write_frame(&mut Cursor::new(Vec::new()), &[0; 11], 10)).expect_err("over the limit");
        assert_eq!(FrameError::within(&refused), Some(FrameError::TooLarge { bytes: 11, limit: 10 }));
    }
}
