from spack.package import *


class Hht(CMakePackage):
    """Solver of the Hamilton Hartree equation on phase-space grids: Hamiltonian Vlasov and Vlasov dynamics by MPI."""

    license("GPL-3.0-or-later")

    # Built from a checkout: spack dev-build hht@main, or spack develop.
    version("main")

    variant("plots", default=True, description="hht-plot and hht.py, which read what runs leave")

    depends_on("c", type="build")
    depends_on("cmake@3.25:", type="build")
    depends_on("ninja", type="build")
    depends_on("pkgconfig", type="build")
    depends_on("random123", type="build")
    generator("ninja")

    depends_on("mpi@3:")
    depends_on("fftw@3.3: +mpi +openmp precision=float,double")
    depends_on("petsc@3.18: +complex +mpi")
    depends_on("hdf5@1.10: +mpi")
    depends_on("muparser@2.3:")
    depends_on("libyaml")
    depends_on("zlib-api")
    with when("+plots"), default_args(type="run"):
        depends_on("python@3.9:")
        depends_on("py-h5py")
        depends_on("py-matplotlib")
        depends_on("py-numpy")
        depends_on("py-pyyaml")

    def cmake_args(self):
        # Spack's compiler wrapper names the processor.
        return [self.define("HHT_ARCH", ""), self.define("BUILD_TESTING", False), self.define("CMAKE_C_COMPILER", self.spec["mpi"].mpicc)]

    @run_after("install")
    @on_package_attributes(run_tests=True)
    def check_install(self):
        Executable(self.prefix.bin.hht)("check")
