//! The program: arguments in, exit status out. Everything happens in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    liasse::cli::run(std::env::args_os())
}
